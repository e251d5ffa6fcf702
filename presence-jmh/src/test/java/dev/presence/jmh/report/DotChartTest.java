package dev.presence.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotChartTest {

  private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+");

  @TempDir Path folder;

  @Test
  void write_errorLargerThanTheValue_cutsTheBarOffAtTheEdge() throws IOException {
    String svg = drawn(new Score(50, 80), new Score(500, 10));

    double edge = x(svg, "group");
    assertThat(barStart(svg, Subject.PRESENCE)).isEqualTo(edge);
    assertThat(barStart(svg, Subject.CHRONICLE)).isGreaterThan(edge);
  }

  @Test
  void write_logarithmicAxis_labelsEveryDotToTheRightOfItsBar() throws IOException {
    String svg = drawn(new Score(50, 80), new Score(500, 10));

    assertThat(x(svg, "50.0 ± 80.0")).isGreaterThan(barEnd(svg, Subject.PRESENCE));
    assertThat(x(svg, "500 ± 10.0")).isGreaterThan(barEnd(svg, Subject.CHRONICLE));
    assertThat(x(svg, "500 ± 10.0")).isLessThan(860 - 80);
  }

  @Test
  void write_noError_drawsNoBar() throws IOException {
    String svg = drawn(Score.exact(50), Score.exact(500));

    assertThat(svg).doesNotContain("NaN").contains(">50.0</text>", ">500</text>");
    assertThat(bars(svg, Subject.PRESENCE)).isEmpty();
  }

  private String drawn(Score one, Score other) throws IOException {
    DotChart chart = DotChart.logarithmic("title", "unit");
    chart.group("group");
    chart.dot(Subject.PRESENCE, one);
    chart.dot(Subject.CHRONICLE, other);
    Path file = folder.resolve("chart.svg");
    chart.write(file);
    return Files.readString(file);
  }

  private static double x(String svg, String text) {
    return numbers(element(svg, "<text [^>]*>" + Pattern.quote(text) + "</text>").get(0)).get(0);
  }

  private static double barStart(String svg, Subject subject) {
    return numbers(bars(svg, subject).get(0)).get(0);
  }

  private static double barEnd(String svg, Subject subject) {
    return numbers(bars(svg, subject).get(0)).get(2);
  }

  private static List<String> bars(String svg, Subject subject) {
    String rgb =
        subject.color().getRed()
            + ","
            + subject.color().getGreen()
            + ","
            + subject.color().getBlue();
    return element(svg, "<line [^>]*stroke: rgb\\(" + rgb + "\\)[^>]*/>");
  }

  private static List<String> element(String svg, String pattern) {
    return Pattern.compile(pattern).matcher(svg).results().map(match -> match.group()).toList();
  }

  private static List<Double> numbers(String element) {
    return NUMBER
        .matcher(element.replaceAll("[xy][12]=", "").replaceAll("style=.*", ""))
        .results()
        .map(match -> Double.valueOf(match.group()))
        .toList();
  }
}
