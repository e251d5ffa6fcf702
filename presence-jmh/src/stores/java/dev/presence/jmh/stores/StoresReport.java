package dev.presence.jmh.stores;

import dev.presence.jmh.report.CommandLines;
import dev.presence.jmh.report.DotChart;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.Json;
import dev.presence.jmh.report.Measure;
import dev.presence.jmh.report.ReportOptions;
import dev.presence.jmh.report.Subject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures all stores side by side, and writes JMH's results, a chart and tables.
 *
 * <pre>{@code
 * mvn -q -ntp -Pstores -pl presence-jmh -am process-classes exec:exec@stores
 * mvn -q -ntp -Pstores -pl presence-jmh -am process-classes exec:exec@stores -Dstores.args=--quick
 * mvn -q -ntp -Pstores -pl presence-jmh -am process-classes exec:exec@stores \
 *     -Dstores.args="--stores=PRESENCE,REDIS_EXPIRING --to=some/folder"
 * }</pre>
 *
 * <p>Maven downloads the servers first. A store that fails has its message in place of its figures,
 * and the exit code is then 1. {@link ServerKind} says how to name servers that already run.
 */
@Command(
    name = "StoresReport",
    description =
        "Measures presence beside MariaDB, Redis and DynamoDB Local, and writes results, a chart and"
            + " tables. Takes about "
            + StoresPlan.FULL_MINUTES
            + " minutes on two quiet cores.")
public final class StoresReport implements Callable<Integer> {

  static final String CHART = "stores.svg";

  private static final String COMMAND =
      "mvn -q -ntp -Pstores -pl presence-jmh -am process-classes exec:exec@stores";

  @Mixin private ReportOptions options;

  @Option(
      names = "--stores",
      split = ",",
      paramLabel = "STORE",
      description = "Any of ${COMPLETION-CANDIDATES}. Default: all of them.")
  private List<StoreType> stores;

  @Option(names = "--stop-with-parent", hidden = true)
  private boolean stopsWithParent;

  public static void main(String[] args) {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(CommandLines.run(new StoresReport(), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (stopsWithParent) {
      ParentProcess.endWithIt();
    }
    if (options.measures()) {
      if (stores != null && options.to().equals(ReportOptions.PUBLISHED)) {
        throw new IllegalArgumentException(
            "--stores must come with --to or --quick: the published results are of all stores");
      }
      StoresPlan plan = options.quick() ? StoresPlan.quick() : StoresPlan.full();
      measure(
          stores == null ? plan : plan.only(stores),
          options.to(),
          COMMAND + (options.quick() ? " -Dstores.args=--quick" : ""),
          System.out);
    }
    StoresResults results = write(options.from(StoresResults.BENCHMARKS), options.to());
    System.out.println(Files.readString(options.to().resolve(StoresTables.SUMMARY)));
    System.out.println(options.written());
    return results.run().failures().isEmpty() ? 0 : 1;
  }

  static void measure(StoresPlan plan, Path folder, String command, PrintStream out)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    StoresRunner runner = new StoresRunner(plan, Environment.capture(command), out);
    Figures.write(folder.resolve(StoresResults.BENCHMARKS), runner.measureAll());
    Json.write(folder.resolve(StoresResults.RUN), runner.run());
  }

  /** Draws and writes without measuring. */
  static StoresResults write(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    StoresResults results = StoresResults.read(from);
    DotChart chart =
        DotChart.logarithmic(
            "Who of 20 users is online? Each store on this machine",
            "microseconds for the whole answer, less is better");
    chart.group("one call for 20 users");
    addDots(chart, results, StoresResults.statusOf(StoresPlan.BATCH));
    chart.group("20 calls for one user");
    addDots(chart, results, StoresResults.isOnline(StoresPlan.BATCH));
    chart.write(to.resolve(CHART));
    new StoresTables(results).write(to);
    return results;
  }

  private static void addDots(DotChart chart, StoresResults results, Measure measure) {
    for (StoreType store : results.run().stores()) {
      results.score(measure, store).ifPresent(score -> chart.dot(Subject.of(store), score));
    }
  }
}
