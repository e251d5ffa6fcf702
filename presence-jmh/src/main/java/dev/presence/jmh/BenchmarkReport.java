package dev.presence.jmh;

import dev.presence.jmh.report.CommandLines;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.JmhRunner;
import dev.presence.jmh.report.Json;
import dev.presence.jmh.report.Progress;
import dev.presence.jmh.report.ReportOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Measures all contenders with ten million users, and writes JMH's results, footprints, the
 * environment, charts and tables.
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.BenchmarkReport
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.BenchmarkReport --quick
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.BenchmarkReport \
 *     --from=presence-jmh/results
 * }</pre>
 */
@Command(
    name = "BenchmarkReport",
    description =
        "Measures presence beside other maps in one process, and writes results, charts and"
            + " tables. Takes about "
            + BenchmarkPlan.FULL_MINUTES
            + " minutes on two quiet cores.")
public final class BenchmarkReport implements Callable<Integer> {

  private static final String COMMAND =
      "java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.BenchmarkReport";

  @Mixin private ReportOptions options;

  public static void main(String[] args) {
    System.exit(CommandLines.run(new BenchmarkReport(), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    if (options.measures()) {
      BenchmarkPlan plan = options.quick() ? BenchmarkPlan.quick() : BenchmarkPlan.full();
      String command = COMMAND + (options.quick() ? " --quick" : "");
      measure(plan, options.to(), command, System.out);
    }
    write(options.from(BenchmarkResults.BENCHMARKS), options.to());
    System.out.println(Files.readString(options.to().resolve(BenchmarkTables.SUMMARY)));
    System.out.println(options.written());
    return 0;
  }

  static void measure(BenchmarkPlan plan, Path folder, String command, PrintStream out)
      throws IOException, InterruptedException, RunnerException {
    Files.createDirectories(folder);
    Json.write(folder.resolve(BenchmarkResults.ENVIRONMENT), Environment.capture(command));
    List<BenchmarkPlan.Step> steps = plan.steps();
    int measurements =
        plan.contenders().size()
            + steps.stream().mapToInt(step -> step.part().measurements()).sum();
    Progress progress =
        new Progress(out, System::nanoTime, 1 + steps.size(), measurements, 60.0 * plan.minutes());
    progress.nextPart("bytes per user");
    List<Footprint> footprints = new ArrayList<>();
    for (ContenderType contender : plan.contenders()) {
      progress.nextMeasurement("footprint of " + contender);
      footprints.add(FootprintReport.measureInNewJvm(contender, plan.users()));
    }
    Json.write(folder.resolve(BenchmarkResults.FOOTPRINTS), footprints);
    List<RunResult> results = new ArrayList<>();
    for (BenchmarkPlan.Step step : steps) {
      results.addAll(new JmhRunner(step.effort(), progress).run(step.part()));
      // After each part, so that an interruption does not lose everything.
      Figures.write(folder.resolve(BenchmarkResults.BENCHMARKS), results);
    }
  }

  /** Draws and writes without measuring. */
  static void write(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    BenchmarkResults results = BenchmarkResults.read(from);
    new BenchmarkCharts(results).write(to);
    new BenchmarkTables(results).write(to);
  }
}
