package dev.presence.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures what the README says, for all stores with ten million users, and writes it down: JMH's
 * own JSON, the footprint, the environment, charts and a summary. About 15 minutes on two cores.
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.BenchmarkReport
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.BenchmarkReport some/folder
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.BenchmarkReport quick
 * }</pre>
 *
 * <p>{@code quick} shows in about a minute that everything works, in a folder of its own; its
 * figures mean nothing. {@link Charts} and {@link Summary} write their files again without
 * measuring. What is measured, and how long each part takes, is in {@link ReportPart}.
 */
public final class BenchmarkReport {

  private static final String QUICK = "quick";
  private static final Path QUICK_FOLDER = Path.of("presence-jmh", "target", "quick-results");

  private BenchmarkReport() {}

  /** Measures and writes. */
  public static void main(String[] args) throws IOException, InterruptedException, RunnerException {
    boolean quick = args.length > 0 && args[0].equals(QUICK);
    Path folder = quick ? ReportFiles.folder(args, 1, QUICK_FOLDER) : ReportFiles.folder(args);
    run(quick ? ReportPlan.quick() : ReportPlan.full(), folder, args, VerboseMode.NORMAL);
    System.out.println(Files.readString(folder.resolve(ReportFiles.SUMMARY)));
  }

  static void run(ReportPlan plan, Path folder, String[] args, VerboseMode verbosity)
      throws IOException, InterruptedException, RunnerException {
    Files.createDirectories(folder);
    Environment.capture(args).write(folder.resolve(ReportFiles.ENVIRONMENT));
    FootprintTable.measure(plan.stores(), plan.users()).write(folder);
    ReportRunner runner = new ReportRunner(plan, verbosity);
    List<RunResult> results = new ArrayList<>();
    for (ReportPart part : ReportPart.all()) {
      System.out.println("# Report: " + part.name());
      results.addAll(runner.run(part));
      // After each part, so that no interruption loses all.
      Files.writeString(folder.resolve(ReportFiles.BENCHMARKS), JmhJson.of(results));
    }
    Charts.draw(folder);
    Summary.write(folder);
  }
}
