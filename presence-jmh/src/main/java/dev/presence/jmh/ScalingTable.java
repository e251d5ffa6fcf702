package dev.presence.jmh;

import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.LineChart;
import dev.presence.jmh.report.Numbers;
import dev.presence.jmh.report.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The table and the chart of {@link ScalingReport}. */
record ScalingTable(ScalingResults results) {

  static final String TEXT = "scaling.txt";
  static final String CHART = "scaling.svg";

  private static final double MILLION = 1e6;

  void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(TEXT), text());
    chart().write(folder.resolve(CHART));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    line(text, "%s", results.environment().line());
    line(
        text,
        "%,d users, all of them online and asked for equally often; millions of users a second of"
            + " all threads; x: times that of one thread",
        results.users());
    line(
        text,
        "%-20s %7s %12s %7s %20s %7s %9s",
        "call",
        "threads",
        Subject.PRESENCE.label(),
        "x",
        Subject.CONCURRENT_HASH_MAP.label(),
        "x",
        "quotient");
    for (ScalingResults.Call call : ScalingResults.CALLS) {
      results.threads().forEach(threads -> row(text, call, threads));
    }
    return text.toString();
  }

  private void row(StringBuilder text, ScalingResults.Call call, int threads) {
    OptionalDouble presence = results.throughput(call, threads, ContenderType.PRESENCE);
    OptionalDouble map = results.throughput(call, threads, ContenderType.CONCURRENT_HASH_MAP);
    line(
        text,
        "%-20s %7d %12s %7s %20s %7s %9s",
        call.name(),
        threads,
        millions(presence),
        few(results.ratio(call, threads, ContenderType.PRESENCE)),
        millions(map),
        few(results.ratio(call, threads, ContenderType.CONCURRENT_HASH_MAP)),
        few(Figures.quotient(presence, map)));
  }

  private static String millions(OptionalDouble usersPerSecond) {
    return usersPerSecond.isPresent() ? Numbers.few(usersPerSecond.getAsDouble() / MILLION) : "-";
  }

  private static String few(OptionalDouble value) {
    return value.isPresent() ? Numbers.few(value.getAsDouble()) : "-";
  }

  private LineChart chart() {
    List<Integer> threads = results.threads();
    LineChart chart =
        new LineChart(
            Numbers.format(
                "Throughput by threads (%,d users, %d cores, %s)",
                results.users(), results.environment().cores(), results.environment().jdkVersion()),
            "millions of users a second of all threads, more is better",
            threads.stream().map(ScalingTable::threads).toList());
    for (ScalingResults.Call call : ScalingResults.CALLS) {
      for (ContenderType contender : ScalingPlan.CONTENDERS) {
        List<Double> values = new ArrayList<>();
        for (int count : threads) {
          values.add(results.throughput(call, count, contender).orElse(Double.NaN) / MILLION);
        }
        chart.line(call.name(), Subject.of(contender), values);
      }
    }
    return chart;
  }

  private static String threads(int count) {
    return count == 1 ? "1 thread" : count + " threads";
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(Numbers.format(format, values)).append('\n');
  }
}
