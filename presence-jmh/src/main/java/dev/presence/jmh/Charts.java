package dev.presence.jmh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;

/**
 * Draws the charts of a report, from what {@link BenchmarkReport} left in the folder.
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.Charts
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.Charts some/folder
 * }</pre>
 */
public final class Charts {

  private final Results results;

  private Charts(Results results) {
    this.results = results;
  }

  /** Reads the results and draws. */
  public static void main(String[] args) throws IOException {
    draw(ReportFiles.folder(args));
  }

  static void draw(Path folder) throws IOException {
    System.setProperty("java.awt.headless", "true");
    Charts charts = new Charts(Results.read(folder));
    Svg.write(charts.statusByBatch(), folder.resolve(ReportFiles.STATUS_BY_BATCH));
    Svg.write(charts.rivals(), folder.resolve(ReportFiles.RIVALS));
    Svg.write(charts.bytesPerUser(), folder.resolve(ReportFiles.BYTES_PER_USER));
  }

  private CategoryChart statusByBatch() {
    Map<String, Measure> points = new LinkedHashMap<>();
    points.put("20", Measure.STATUS_OF_20);
    points.put("100", Measure.STATUS_OF_100);
    points.put("1000", Measure.STATUS_OF_1000);
    CategoryChart chart =
        ChartStyle.chart(
            title("statusOf: time for each user of a batch"),
            "users in one call",
            "nanoseconds a user (logarithmic)");
    chart.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
    chart.getStyler().setOverlapped(true); // all points of a batch above each other
    addTimes(chart, points);
    return chart;
  }

  private CategoryChart rivals() {
    Map<String, Measure> groups = new LinkedHashMap<>();
    groups.put("isOnline", Measure.IS_ONLINE);
    groups.put("statusOf 100", Measure.STATUS_OF_100);
    groups.put("heartbeat", Measure.HEARTBEAT);
    groups.put("heartbeats 100", Measure.HEARTBEATS_100);
    CategoryChart chart =
        ChartStyle.chart(
            title("Time for each user, less is better"),
            "method, and users in one call",
            "nanoseconds a user (logarithmic)");
    addTimes(chart, groups);
    return chart;
  }

  private CategoryChart bytesPerUser() {
    CategoryChart chart =
        ChartStyle.chart(
            title("Memory for each user, less is better"), "", "bytes a user, on and off the heap");
    chart.getStyler().setLabelsVisible(true);
    chart.getStyler().setYAxisMin(0.0);
    for (FootprintTable.Row row : results.footprints().rows()) {
      add(chart, row.store(), List.of("all memory of the store"), List.of(row.bytesPerUser()));
    }
    return chart;
  }

  /** One series for each store that has all of the figures. */
  private void addTimes(CategoryChart chart, Map<String, Measure> measures) {
    ChartStyle.logarithmic(
        chart,
        results.figures().stream()
            .filter(figure -> measures.containsValue(figure.measure()))
            .mapToDouble(Figure::nanos)
            .summaryStatistics());
    for (Store store : results.stores()) {
      List<Double> nanos =
          measures.values().stream()
              .map(measure -> results.figure(measure, store).map(Figure::nanos))
              .flatMap(Optional::stream)
              .toList();
      if (nanos.size() == measures.size()) {
        add(chart, store, List.copyOf(measures.keySet()), nanos);
      }
    }
  }

  private static void add(CategoryChart chart, Store store, List<String> x, List<Double> y) {
    ChartStyle.paint(chart.addSeries(Labels.of(store), x, y), store);
  }

  private String title(String what) {
    return what
        + " ("
        + Labels.users(results.users())
        + ", JDK "
        + results.environment().get("jdk").replaceAll("[+-].*", "")
        + ")";
  }
}
