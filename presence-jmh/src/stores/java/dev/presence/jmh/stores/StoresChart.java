package dev.presence.jmh.stores;

import dev.presence.jmh.ChartStyle;
import dev.presence.jmh.Svg;
import dev.presence.jmh.stores.StoreFigure.Task;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.knowm.xchart.CategoryChart;

/** A batch of 20 beside 20 single lookups, of each store that has both. */
final class StoresChart {

  private static final int IDS = 20;
  private static final Color BATCH = new Color(0xD7301F);
  private static final Color SINGLES = new Color(0x2171B5);

  private StoresChart() {}

  /** Writes nothing if no store has both figures. */
  static void write(StoresResults results, Path file) throws IOException {
    List<String> names = new ArrayList<>();
    List<Double> batches = new ArrayList<>();
    List<Double> singles = new ArrayList<>();
    for (StoreType store : StoreType.values()) {
      OptionalDouble batch = results.micros(store, Task.statusOf, IDS);
      OptionalDouble single = results.micros(store, Task.isOnline, IDS);
      if (batch.isPresent() && single.isPresent()) {
        names.add(store.label());
        batches.add(batch.getAsDouble());
        singles.add(single.getAsDouble());
      }
    }
    if (names.isEmpty()) {
      return;
    }
    CategoryChart chart =
        ChartStyle.chart(
            "Who of 20 users is online? Time of the whole answer, less is better",
            "store, each on this machine",
            "microseconds (logarithmic)");
    chart.getStyler().setXAxisLabelRotation(25);
    ChartStyle.logarithmic(
        chart,
        Stream.of(batches, singles)
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .summaryStatistics());
    chart.addSeries("one batch of 20", names, batches);
    chart.addSeries("20 single lookups", names, singles);
    chart.getStyler().setSeriesColors(new Color[] {BATCH, SINGLES});
    Svg.write(chart, file);
  }
}
