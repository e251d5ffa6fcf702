package dev.presence.jmh;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.presence.PresenceBuilder;
import dev.presence.jmh.report.CommandLines;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.Json;
import dev.presence.jmh.report.Numbers;
import dev.presence.jmh.report.PercentileChart;
import dev.presence.jmh.report.Progress;
import dev.presence.jmh.report.ReportOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures single calls while others go on: single heartbeats and batches of 20 lookups, at the
 * same time and at fixed rates. A million users who beat every 10 seconds make 100,000 heartbeats
 * per second, beside 10,000 batches; other numbers of users scale both rates.
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.LatencyReport
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.LatencyReport \
 *     --seconds=60 --lookups-wait=SPIN
 * }</pre>
 *
 * <p>Presence runs as it ships, on the system's clock; only {@code maxUsers} is set, to twice the
 * users, because those who expire need room too. The loads, one after the other:
 *
 * <ul>
 *   <li>{@code generator}: calls that do nothing, at the same rates. It shows the cost of the
 *       pacing, and whatever else the machine does;
 *   <li>{@code steady load}: the heartbeats and the lookups;
 *   <li>{@code mass expiry}: the same, while as many users again, who have stopped beating, all
 *       expire in the first second. The sweeper removes them within its interval of 10 seconds, so
 *       this load lasts at least 11.
 * </ul>
 *
 * <p>{@code due} is the time from when a call was due until it returned, {@code call} the time from
 * when it began. The difference is time spent waiting for an earlier call, or for a core.
 *
 * <p><strong>The generator</strong> is one thread for the heartbeats, which spins, and one for the
 * lookups. Between two calls it reads the clock (about 25 ns, once or twice of which are in each
 * figure) and writes to two histograms (about 20 ns, in no figure). A spinning thread takes a core
 * to itself. On two cores, two of them leave none for the sweeper, which then has to interrupt one
 * and delays calls by milliseconds that it would not delay on a larger machine. So the lookups'
 * thread parks by default. It wakes up late, which counts in {@code due}, in the generator's rows
 * too, and not in {@code call}.
 */
@Command(
    name = "LatencyReport",
    description =
        "Measures percentiles of single calls at fixed rates, and writes a table and a chart."
            + " Takes about 2 minutes on two quiet cores.")
public final class LatencyReport implements Callable<Integer> {

  static final String TABLE = "latency.txt";
  static final String ROWS = "latency.json";
  static final String CHART = "latency.svg";

  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};

  @Mixin private ReportOptions options;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Duration of each load. Default: ${DEFAULT-VALUE}.")
  private int seconds = 30;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Users online. Default: ${DEFAULT-VALUE}.")
  private int users = 1_000_000;

  @Option(
      names = "--lookups-wait",
      paramLabel = "HOW",
      description =
          "How the lookups' thread waits: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Waiting lookupsWait = Waiting.PARK;

  /**
   * One line of the table.
   *
   * @param micros microseconds by the name of the percentile
   */
  record Row(
      String load,
      String operation,
      String time,
      double callsPerSecond,
      Map<String, Double> micros) {}

  public static void main(String[] args) {
    System.exit(CommandLines.run(new LatencyReport(), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (options.measures()) {
      LatencyLoad load =
          options.quick()
              ? new LatencyLoad(1, 10_000, lookupsWait, PresenceBuilder.DEFAULT_SWEEP_INTERVAL)
              : new LatencyLoad(
                  seconds, users, lookupsWait, PresenceBuilder.DEFAULT_SWEEP_INTERVAL);
      measure(load, options.to(), System.out);
      System.out.print(Files.readString(options.to().resolve(TABLE)));
    }
    draw(options.from(ROWS), options.to());
    System.out.println(options.written());
    return 0;
  }

  static void measure(LatencyLoad load, Path folder, PrintStream out)
      throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    String swept =
        load.run(
            new Progress(out, System::nanoTime, 1, 3, 3.0 * (load.seconds() + 5)),
            (name, operation, time, callsPerSecond, nanos) ->
                rows.add(new Row(name, operation, time, callsPerSecond, micros(nanos))));
    List<String> lines = new ArrayList<>();
    lines.add(Environment.capture("").line());
    lines.add(
        Numbers.format(
            "%,d users, window %d s, sweep interval %d ms, %d s per load, lookups' thread: %s;"
                + " microseconds",
            load.users(),
            LatencyLoad.WINDOW_SECONDS,
            load.sweepInterval().toMillis(),
            load.seconds(),
            load.lookupsWait()));
    lines.add(
        String.format("%-12s %-12s %-4s %10s", "load", "operation", "time", "calls/s")
            + columns(rows.get(0).micros.keySet(), " %10s"));
    rows.forEach(row -> lines.add(line(row)));
    lines.add(swept);
    Files.createDirectories(folder);
    Json.write(folder.resolve(ROWS), rows);
    Files.write(folder.resolve(TABLE), lines);
  }

  static void draw(Path from, Path to) throws IOException {
    List<Row> rows = Json.read(from.resolve(ROWS), new TypeReference<List<Row>>() {});
    PercentileChart chart =
        new PercentileChart(
            "Latency of single calls at a fixed rate",
            "microseconds from begin to return",
            List.copyOf(rows.get(0).micros.keySet()));
    for (Row row : rows) {
      if (row.time.equals("call")) {
        chart.line(row.operation, row.load, List.copyOf(row.micros.values()));
      }
    }
    Files.createDirectories(to);
    chart.write(to.resolve(CHART));
  }

  private static Map<String, Double> micros(Histogram nanos) {
    Map<String, Double> micros = new LinkedHashMap<>();
    for (double percentile : PERCENTILES) {
      String name =
          percentile == 100 ? "max" : "p" + String.valueOf(percentile).replaceAll("\\.0$", "");
      micros.put(name, nanos.getValueAtPercentile(percentile) / 1000.0);
    }
    return micros;
  }

  private static String line(Row row) {
    return Numbers.format(
            "%-12s %-12s %-4s %,10.0f", row.load, row.operation, row.time, row.callsPerSecond)
        + columns(row.micros.values(), " %,10.2f");
  }

  private static String columns(Collection<?> values, String format) {
    return values.stream()
        .map(value -> Numbers.format(format, value))
        .collect(Collectors.joining());
  }
}
