package dev.presence.jmh.stores;

import dev.presence.jmh.report.CommandLines;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.Json;
import dev.presence.jmh.report.NewJvm;
import dev.presence.jmh.report.Progress;
import dev.presence.jmh.report.ReadmeBlock;
import dev.presence.jmh.report.ReportOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures nodes that share a log in Redis, and writes a table and a chart.
 *
 * <pre>{@code
 * mvn -q -ntp -Pstores -pl presence-jmh -am process-classes exec:exec@replication
 * mvn -q -ntp -Pstores -pl presence-jmh -am process-classes exec:exec@replication \
 *     -Dreplication.args="--users=100_000 --seconds=5 --to=some/folder"
 * }</pre>
 *
 * <p>Each part has a JVM and a server of its own, one part after the other; the nodes of a part are
 * presences in one JVM: {@link Nodes} says what they share. The load, the nodes and Redis share the
 * cores of one machine. The system property of {@link ServerKind#REDIS} names a server that already
 * runs, for all but the outages.
 */
@Command(
    name = "ReplicationReport",
    description =
        "Measures nodes that share a log in Redis, and writes a table and a chart. Takes about 12"
            + " minutes on two quiet cores.")
public final class ReplicationReport implements Callable<Integer> {

  static final String TEXT = "replication.txt";
  static final String CHART = "replication.svg";

  private static final int MINUTE_SECONDS = 60;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Users who beat. Default: ${DEFAULT-VALUE}.")
  private int users = 1_000_000;

  @Option(
      names = "--nodes",
      split = ",",
      paramLabel = "N",
      description = "Numbers of nodes. Default: ${DEFAULT-VALUE}.")
  private List<Integer> nodes = List.of(2, 6);

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Length of each measurement under load. Default: ${DEFAULT-VALUE}.")
  private int seconds = 30;

  @Option(
      names = "--outage-seconds",
      paramLabel = "N",
      description = "How long the log is away. Default: ${DEFAULT-VALUE}.")
  private int outageSeconds = 15;

  @Option(
      names = "--outage-minutes",
      paramLabel = "N",
      description =
          "How long the log is away while the heap is watched. Default: ${DEFAULT-VALUE}.")
  private double outageMinutes = 1;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "Any of ${COMPLETION-CANDIDATES}. Default: all; with it, --to is needed.")
  private Set<ReplicationPart> only = EnumSet.allOf(ReplicationPart.class);

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description =
          "Writes to this folder. Default: presence-jmh/results, and the README is brought up to"
              + " date.")
  private Path to = ReportOptions.PUBLISHED;

  @Option(names = "--window", hidden = true)
  private int windowSeconds = 30;

  @Option(names = "--beat", hidden = true)
  private int beatSeconds = 10;

  @Option(names = "--part", hidden = true)
  private ReplicationPart part;

  @Option(names = "--random", hidden = true)
  private boolean random;

  @Option(names = "--stop-with-parent", hidden = true)
  private boolean stopsWithParent;

  private final PrintStream out;
  private final ReplicationTable.Jvm jvm;

  ReplicationReport(PrintStream out, ReplicationTable.Jvm jvm) {
    this.out = out;
    this.jvm = jvm;
  }

  public static void main(String[] args) {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(
        CommandLines.run(new ReplicationReport(System.out, ReplicationReport::inNewJvm), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (stopsWithParent) {
      ParentProcess.endWithIt();
    }
    ReplicationPlan plan =
        new ReplicationPlan(
            users,
            nodes.get(0),
            random,
            seconds,
            windowSeconds,
            beatSeconds,
            outageSeconds,
            (int) Math.round(outageMinutes * MINUTE_SECONDS));
    if (part != null) {
      out.println(Json.line(part.measure(plan)));
      return 0;
    }
    if (only.size() < ReplicationPart.values().length && to.equals(ReportOptions.PUBLISHED)) {
      throw new IllegalArgumentException(
          "--only must come with --to: the published results are of all parts");
    }
    write(plan);
    return 0;
  }

  private void write(ReplicationPlan plan) throws IOException, InterruptedException {
    ReplicationTable table = new ReplicationTable(jvm, plan, nodes);
    Progress progress =
        new Progress(
            System.err, System::nanoTime, 1, table.measurements(only), table.seconds(only));
    String text =
        Environment.capture("").line() + "\n" + table.measure(only, progress::nextMeasurement);
    out.print(text);
    Files.createDirectories(to);
    Files.writeString(to.resolve(TEXT), text);
    if (table.hasChart()) {
      table.chart().write(to.resolve(CHART));
    }
    if (to.equals(ReportOptions.PUBLISHED)) {
      ReadmeBlock.fill(ReadmeBlock.BENCHMARKS, "replication", text);
    }
  }

  static <T> T inNewJvm(ReplicationPart part, ReplicationPlan plan, Class<T> type)
      throws IOException, InterruptedException {
    String address = System.getProperty(ServerKind.REDIS.property(), "");
    String line =
        NewJvm.firstLine(
            ReplicationReport.class,
            List.of("-D" + ServerKind.REDIS.property() + "=" + address),
            List.of(
                "--part=" + part,
                "--users=" + plan.users(),
                "--nodes=" + plan.nodes(),
                "--seconds=" + plan.seconds(),
                "--window=" + plan.windowSeconds(),
                "--beat=" + plan.beatSeconds(),
                "--outage-seconds=" + plan.outageSeconds(),
                "--outage-minutes=" + (double) plan.heapSeconds() / MINUTE_SECONDS,
                plan.random() ? "--random" : "--random=false"));
    return Json.parse(line, type);
  }
}
