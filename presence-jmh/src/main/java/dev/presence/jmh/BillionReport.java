package dev.presence.jmh;

import dev.presence.jmh.report.CommandLines;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.ReadmeBlock;
import dev.presence.jmh.report.ReportOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Holds a billion users in one presence, or as many as the memory allows: records them all, asks
 * for random ones and checks each answer, and sweeps a tenth of them.
 *
 * <pre>{@code
 * java -Xmx512m -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.BillionReport
 * java -Xmx512m -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.BillionReport \
 *     --users=100_000_000 --threads=8 --to=some/folder
 * }</pre>
 *
 * <p>A billion users take 19.4 GB outside the heap, so that a machine of 24 GB holds them if little
 * else runs there. The heap does not grow with the users; a small one leaves them the memory.
 *
 * <p>Presence runs as it ships, except that its window is a day and that it sweeps when told to, so
 * that both the fill and the sweep are measured undisturbed.
 */
@Command(
    name = "BillionReport",
    description =
        "Fills a presence with a billion users, or with as many as fit into the memory, asks and"
            + " sweeps it, and writes a table. Takes about 15 minutes and 20 GB on two quiet"
            + " cores; start it with -Xmx512m.")
public final class BillionReport implements Callable<Integer> {

  static final String TEXT = "billion.txt";

  private static final String MARKER = "billion";
  private static final long QUICK_USERS = 1_000_000;
  private static final double QUICK_SECONDS = 0.2;
  private static final double DEFAULT_SECONDS = 5;
  private static final Path QUICK_RESULTS = Path.of("presence-jmh", "target", "quick-results");

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Users, if they fit. Default: 1,000,000,000, or 1,000,000 with --quick.")
  private Long users;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that fill, and ask. Default: as many as there are cores.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description = "Duration of each measurement of a call. Default: 5, or 0.2 with --quick.")
  private Double seconds;

  @Option(
      names = "--quick",
      description = "Shows in some seconds that everything works; the figures mean nothing.")
  private boolean quick;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description =
          "Writes to this folder. Default: presence-jmh/results, and the README is brought up to"
              + " date; presence-jmh/target/quick-results with --quick.")
  private Path to;

  private final PrintStream out;

  BillionReport(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(CommandLines.run(new BillionReport(System.out), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long demanded = users != null ? users : quick ? QUICK_USERS : 1_000_000_000;
    double duration = seconds != null ? seconds : quick ? QUICK_SECONDS : DEFAULT_SECONDS;
    Path folder = to != null ? to : quick ? QUICK_RESULTS : ReportOptions.PUBLISHED;
    if (demanded < 1 || duration <= 0) {
      throw new IllegalArgumentException(
          "users and seconds must be > 0: users=" + demanded + " seconds=" + duration);
    }
    MemoryPlan plan = MemoryPlan.of(demanded);
    plan.lines().forEach(line -> System.err.println("# " + line));
    if (plan.users() == 0) {
      throw new IllegalArgumentException(
          "memory must hold a hundredth of the users: " + String.join("; ", plan.lines()));
    }
    long millis = Math.max(1, Math.round(1000 * duration));
    CrowdFigures figures = new CrowdMeter(plan.users(), threads, millis, System.err).measure();
    String text =
        Environment.capture("").line() + "\n" + new BillionTable(plan, figures, duration).text();
    out.print(text);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(TEXT), text);
    if (folder.equals(ReportOptions.PUBLISHED)) {
      ReadmeBlock.fill(ReadmeBlock.BENCHMARKS, MARKER, text);
    }
    return 0;
  }
}
