package dev.presence.jmh;

import dev.presence.jmh.report.CommandLines;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.Json;
import dev.presence.jmh.report.NewJvm;
import dev.presence.jmh.report.Numbers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what {@code persistTo} costs, and how long a restart takes.
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.RestartReport
 * }</pre>
 *
 * <p>For each number of users one JVM records them and writes snapshots; it is killed as {@code
 * kill -9} does. A second JVM opens the folder and closes it, a third one does the same after that
 * clean end. {@code open} is the time of {@code open()} in a fresh JVM, {@code since start} the
 * time from the start of that JVM. {@code snapshot} is the time in which the file existed under its
 * temporary name, with the force. {@code keeper} is the keeper thread's share of a core at the
 * default interval, while nobody beats.
 *
 * <p>The ratios compare heartbeats with and without a folder in one JVM, in rounds that take turns;
 * each is the median of the rounds.
 */
@Command(
    name = "RestartReport",
    description =
        "Measures snapshots and restarts, and prints a table. Takes about 3 minutes on two quiet"
            + " cores.")
public final class RestartReport implements Callable<Integer> {

  @Option(
      names = "--users",
      split = ",",
      paramLabel = "N",
      description = "Numbers of users. Default: ${DEFAULT-VALUE}.")
  private List<Integer> users = List.of(1_000_000, 10_000_000);

  @Option(names = "--step", hidden = true)
  private RestartStep step;

  @Option(names = "--folder", hidden = true)
  private Path folder;

  public static void main(String[] args) {
    System.exit(CommandLines.run(new RestartReport(), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (step != null) {
      System.out.println(Json.line(step.run(folder, users.get(0))));
      if (step == RestartStep.WRITE) {
        Thread.currentThread().join(); // until it is killed
      }
    } else {
      print(System.out);
    }
    return 0;
  }

  private void print(PrintStream out) throws IOException, InterruptedException {
    out.println(Environment.capture("").line());
    out.println("milliseconds, but for shares and ratios");
    out.printf(
        "%12s %10s %8s %18s %18s %8s %12s %12s%n",
        "users",
        "snapshot",
        "keeper",
        "open (start) killed",
        "open (start) clean",
        "close",
        "heartbeat",
        "batch of 100");
    for (int count : users) {
      Path temporary = Files.createTempDirectory("presence-restart");
      try {
        double[] written = measure(RestartStep.WRITE, temporary, count);
        double[] killed = measure(RestartStep.OPEN, temporary, count);
        double[] clean = measure(RestartStep.OPEN, temporary, count);
        double[] ratios = measure(RestartStep.COMPARE, temporary, count);
        out.println(
            Numbers.format(
                "%,12d %10.0f %7.2f%% %10.0f (%,5.0f) %11.0f (%,5.0f) %8.0f %12.3f %12.3f",
                count,
                written[0],
                100 * written[1],
                killed[0],
                killed[1],
                clean[0],
                clean[1],
                clean[2],
                ratios[0],
                ratios[1]));
      } finally {
        delete(temporary);
      }
    }
  }

  private static double[] measure(RestartStep step, Path folder, int users)
      throws IOException, InterruptedException {
    String line =
        NewJvm.firstLine(
            RestartReport.class,
            List.of(),
            List.of("--step=" + step, "--folder=" + folder, "--users=" + users));
    return Json.parse(line, double[].class);
  }

  private static void delete(Path folder) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.forEach(path -> paths.add(0, path));
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
