package dev.presence.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DotChartTest {

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
    assertThat(svg).doesNotContain("stroke-width:2.0");
  }

  @Test
  void write_pair_drawsTwoDotsAndOneLabelToTheRightOfBoth() throws IOException {
    DotChart chart = DotChart.logarithmic("title", "unit");
    chart.pair(Subject.PRESENCE, Score.exact(500), Score.exact(50));
    chart.pair(Subject.CHRONICLE, Score.exact(60), Score.exact(600));
    Path file = folder.resolve("pairs.svg");
    chart.write(file);
    String svg = Files.readString(file);

    assertThat(svg).contains("Chronicle Map: 60.0; hollow 600");
    assertThat(svg).containsOnlyOnce("fill:" + rgb(Subject.PRESENCE));
    assertThat(svg).containsOnlyOnce("stroke-width:2.0;stroke:" + rgb(Subject.PRESENCE));
    assertThat(x(svg, "60.0; hollow 600")).isGreaterThan(x(svg, "500; hollow 50.0"));
  }

  @Test
  void write_longLabelOfTheHighestRow_endsInsideTheChart() throws IOException {
    DotChart chart = DotChart.logarithmic("title", "unit");
    Score first = new Score(3971, 3417);
    Score second = new Score(2933, 1537);
    chart.pair(Subject.CONCURRENT_HASH_MAP_AFTER_GC, Score.exact(65), Score.exact(70));
    chart.pair(Subject.CAFFEINE, first, second);
    Path file = folder.resolve("long.svg");
    chart.write(file);
    String svg = Files.readString(file);

    String label = first.text() + "; hollow " + second.text();
    FontRenderContext context = new FontRenderContext(null, true, true);
    double width = ChartStyle.PLAIN.getStringBounds(label, context).getWidth();
    assertThat(x(svg, label) + width).isLessThan(840); // the right edge of the plot
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

  /** The left ends of labels. */
  private static double x(String svg, String text) {
    return number(svg, "<text x='([0-9.]+)'[^>]*>" + Pattern.quote(text) + "</text>");
  }

  private static double barStart(String svg, Subject subject) {
    return number(svg, bar(subject, "<line x1='([0-9.]+)'[^>]*"));
  }

  private static double barEnd(String svg, Subject subject) {
    return number(svg, bar(subject, "<line [^>]*x2='([0-9.]+)'[^>]*"));
  }

  private static String bar(Subject subject, String ends) {
    return ends + Pattern.quote("stroke-width:2.0;stroke:" + rgb(subject));
  }

  private static String rgb(Subject subject) {
    Color color = subject.color();
    return "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
  }

  private static double number(String svg, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(svg);
    assertThat(matcher.find()).as(pattern).isTrue();
    return Double.parseDouble(matcher.group(1));
  }
}
