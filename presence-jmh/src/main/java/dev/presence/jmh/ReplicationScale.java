package dev.presence.jmh;

import dev.presence.jmh.report.CommandLines;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.Numbers;
import dev.presence.jmh.report.ReadmeBlock;
import dev.presence.jmh.report.ReportOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Models many nodes and very many users: the library's own code over a modelled network, with a
 * sample of the users, and says where one log for all ends.
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.ReplicationScale
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.ReplicationScale \
 *     --users=1_000_000_000 --scale=10_000 --mbits=25_000 --rtt=1 --to=some/folder
 * }</pre>
 */
@Command(
    name = "ReplicationScale",
    description =
        "Models nodes that share a log, and writes a table. Takes about 2 minutes on two quiet"
            + " cores.")
public final class ReplicationScale implements Callable<Integer> {

  static final String TEXT = "replication-scale.txt";

  private static final int SMALLEST_SAMPLE = 10;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Users of all nodes. Default: ${DEFAULT-VALUE}.")
  private int users = 100_000_000;

  @Option(
      names = "--scale",
      paramLabel = "N",
      description = "Mirrors one user in so many. Default: ${DEFAULT-VALUE}.")
  private int scale = 1_000;

  @Option(
      names = "--nodes",
      split = ",",
      paramLabel = "N",
      description = "Numbers of nodes. Default: ${DEFAULT-VALUE}.")
  private List<Integer> nodes = List.of(1, 2, 5, 10, 20, 50, 100);

  @Option(
      names = "--mbits",
      paramLabel = "N",
      description =
          "The log's line each way, in millions of bits a second. Default: ${DEFAULT-VALUE}.")
  private double mbits = 10_000;

  @Option(
      names = "--rtt",
      paramLabel = "MS",
      description = "Round trip in milliseconds. Default: ${DEFAULT-VALUE}.")
  private double roundTripMillis = 0.5;

  @Option(
      names = "--memory",
      paramLabel = "GB",
      description = "Memory of a node for users. Default: ${DEFAULT-VALUE}.")
  private double memoryGigabytes = 16;

  @Option(
      names = "--cores",
      paramLabel = "N",
      description = "Cores of a node for replication, at most 1. Default: ${DEFAULT-VALUE}.")
  private double cores = 0.5;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Length of each model, in its own time. Default: ${DEFAULT-VALUE}.")
  private int seconds = 15;

  @Option(
      names = "--cpu-users",
      paramLabel = "N",
      description = "Users in the mirrors that measure CPU. Default: ${DEFAULT-VALUE}.")
  private int cpuUsers = 10_000_000;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description =
          "Writes to this folder. Default: presence-jmh/results, and the README is brought up to"
              + " date.")
  private Path to = ReportOptions.PUBLISHED;

  private final PrintStream out;

  ReplicationScale(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(CommandLines.run(new ReplicationScale(System.out), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    check();
    NodeCpu cpu = NodeCpu.measure(cpuUsers);
    ScaleModel.Settings settings =
        new ScaleModel.Settings(users, scale, mbits, roundTripMillis, cpu, seconds);
    List<ScaleModel.Result> results = new ArrayList<>();
    for (int count : nodes) {
      System.err.println(Numbers.format("# %d nodes", count));
      results.add(ScaleModel.run(settings, count));
    }
    ScaleLimits limits = new ScaleLimits(cpu, memoryGigabytes, cores, mbits);
    String text =
        Environment.capture("").line()
            + "\n"
            + new ScaleTable(settings, cpuUsers, results, limits).text();
    out.print(text);
    Files.createDirectories(to);
    Files.writeString(to.resolve(TEXT), text);
    if (to.equals(ReportOptions.PUBLISHED)) {
      ReadmeBlock.fill(ReadmeBlock.BENCHMARKS, "replication-scale", text);
    }
    return 0;
  }

  private void check() {
    int most = nodes.stream().mapToInt(Integer::intValue).max().orElse(0);
    int least = nodes.stream().mapToInt(Integer::intValue).min().orElse(0);
    if (least < 1) {
      throw new IllegalArgumentException("nodes must be >= 1: nodes=" + least);
    }
    if (scale < 1) {
      throw new IllegalArgumentException("scale must be >= 1: scale=" + scale);
    }
    if (users / scale < SMALLEST_SAMPLE * most) {
      throw new IllegalArgumentException(
          "users / scale must be >= 10 for each node: users="
              + users
              + " scale="
              + scale
              + " nodes="
              + most);
    }
    if (mbits <= 0 || roundTripMillis < 0 || seconds < 1 || cores <= 0 || cores > 1) {
      throw new IllegalArgumentException(
          "mbits, seconds and cores must be > 0, cores <= 1 and rtt >= 0: mbits="
              + mbits
              + " rtt="
              + roundTripMillis
              + " seconds="
              + seconds
              + " cores="
              + cores);
    }
  }
}
