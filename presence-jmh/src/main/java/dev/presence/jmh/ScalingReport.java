package dev.presence.jmh;

import dev.presence.jmh.report.CommandLines;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.JmhRunner;
import dev.presence.jmh.report.Json;
import dev.presence.jmh.report.Part;
import dev.presence.jmh.report.Progress;
import dev.presence.jmh.report.ReadmeBlock;
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
import picocli.CommandLine.Option;

/**
 * Measures how lookups and heartbeats scale from one thread to as many as this machine has cores,
 * beside a {@code ConcurrentHashMap}, and writes JMH's results, a table and a chart that say where
 * that was.
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.ScalingReport
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.ScalingReport --quick
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.ScalingReport \
 *     --threads=32 --to=some/folder
 * }</pre>
 */
@Command(
    name = "ScalingReport",
    description =
        "Measures with 1, 2, 4 threads and so on, and as many as there are cores, and writes"
            + " results, a table and a chart. Takes about "
            + ScalingPlan.FULL_MINUTES
            + " minutes for each number of threads, and 4 GB.")
public final class ScalingReport implements Callable<Integer> {

  private static final String COMMAND =
      "java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.ScalingReport";
  private static final String MARKER = "scaling";

  @Mixin private ReportOptions options;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "The largest number of threads. Default: the number of cores.")
  private int threads = Runtime.getRuntime().availableProcessors();

  public static void main(String[] args) {
    System.exit(CommandLines.run(new ScalingReport(), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, RunnerException {
    if (options.measures()) {
      ScalingPlan plan = options.quick() ? ScalingPlan.quick(threads) : ScalingPlan.full(threads);
      measure(plan, options.to(), COMMAND + (options.quick() ? " --quick" : ""), System.out);
    }
    String text = write(options.from(ScalingResults.SCALING), options.to());
    if (options.to().equals(ReportOptions.PUBLISHED)) {
      ReadmeBlock.fill(ReadmeBlock.BENCHMARKS, MARKER, text);
    }
    System.out.println(text);
    System.out.println(options.written());
    return 0;
  }

  static void measure(ScalingPlan plan, Path folder, String command, PrintStream out)
      throws IOException, InterruptedException, RunnerException {
    Files.createDirectories(folder);
    Json.write(folder.resolve(ScalingResults.ENVIRONMENT), Environment.capture(command));
    List<Part> parts = plan.parts();
    int measurements = parts.stream().mapToInt(Part::measurements).sum();
    Progress progress =
        new Progress(out, System::nanoTime, parts.size(), measurements, 60 * plan.minutes());
    JmhRunner runner = new JmhRunner(plan.effort(), progress);
    List<RunResult> results = new ArrayList<>();
    for (Part part : parts) {
      results.addAll(runner.run(part));
      // After each part, so that an interruption does not lose everything.
      Figures.write(folder.resolve(ScalingResults.SCALING), results);
    }
  }

  /** Draws and writes without measuring; returns the table. */
  static String write(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    ScalingTable table = new ScalingTable(ScalingResults.read(from));
    table.write(to);
    return table.text();
  }
}
