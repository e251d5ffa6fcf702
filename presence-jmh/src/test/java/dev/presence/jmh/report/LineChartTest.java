package dev.presence.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineChartTest {

  @TempDir Path folder;

  @Test
  void write_twoSubjects_labelsTheLastValueOfEach() throws IOException {
    String svg = drawn(List.of(10.0, 19.5), List.of(5.0, 7.25));

    assertThat(svg).contains(">19.5</text>", ">7.25</text>").doesNotContain(">10.0</text>", "NaN");
    assertThat(x(svg, "19.5")).isEqualTo(x(svg, "7.25")).isLessThan(860 - 40);
    assertThat(y(svg, "19.5")).isLessThan(y(svg, "7.25"));
  }

  @Test
  void write_lastValueMissing_labelsTheOneBefore() throws IOException {
    String svg = drawn(List.of(10.0, 19.5), List.of(5.0, Double.NaN));

    assertThat(svg).contains(">19.5</text>", ">5.00</text>", "5.00, not measured");
    assertThat(x(svg, "5.00")).isLessThan(x(svg, "19.5"));
  }

  @Test
  void write_nothingMeasured_drawsTheOthers() throws IOException {
    assertThat(drawn(List.of(10.0, 19.5), List.of(Double.NaN, Double.NaN)))
        .contains(">19.5</text>", "not measured, not measured");
  }

  @Test
  void write_lastValueNearZero_labelsItAboveTheAxis() throws IOException {
    String svg = drawn(List.of(10.0, 19.5), List.of(0.25, 0.25));

    assertThat(y(svg, "0.25")).isLessThanOrEqualTo(y(svg, "0"));
  }

  private String drawn(List<Double> some, List<Double> others) throws IOException {
    LineChart chart = new LineChart("title", "unit", List.of("1 thread", "2 threads"));
    chart.line("panel", Subject.PRESENCE, some);
    chart.line("panel", Subject.CONCURRENT_HASH_MAP, others);
    Path file = folder.resolve("chart.svg");
    chart.write(file);
    return Files.readString(file);
  }

  private static double x(String svg, String text) {
    return number(svg, "<text x='([0-9.]+)'[^>]*>" + Pattern.quote(text) + "</text>");
  }

  private static double y(String svg, String text) {
    return number(svg, "<text [^>]*y='([0-9.]+)'[^>]*>" + Pattern.quote(text) + "</text>");
  }

  private static double number(String svg, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(svg);
    assertThat(matcher.find()).as(pattern).isTrue();
    return Double.parseDouble(matcher.group(1));
  }
}
