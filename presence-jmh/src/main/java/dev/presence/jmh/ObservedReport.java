package dev.presence.jmh;

import dev.presence.jmh.report.CommandLines;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.Json;
import dev.presence.jmh.report.NewJvm;
import dev.presence.jmh.report.Numbers;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what it costs the callers that somebody reads the figures, or records the events.
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.ObservedReport
 * }</pre>
 *
 * <p>Calls without and with the observer take turns over one instance: {@link Turns}.
 */
@Command(
    name = "ObservedReport",
    description =
        "Measures meters and recordings, and prints a table. Takes about 2 minutes on two quiet"
            + " cores.")
public final class ObservedReport implements Callable<Integer> {

  private static final double LIMIT = 1.02;
  private static final int WARM_UP_TURNS = 4;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Users online. Default: ${DEFAULT-VALUE}.")
  private int users = 1_000_000;

  @Option(
      names = "--jvms",
      paramLabel = "N",
      description = "JVMs for each row. Default: ${DEFAULT-VALUE}.")
  private int jvms = 3;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "Measurements with the observer in each. Default: ${DEFAULT-VALUE}.")
  private int pairs = 20;

  @Option(
      names = "--millis",
      paramLabel = "N",
      description = "Length of each of these measurements. Default: ${DEFAULT-VALUE}.")
  private int millis = 100;

  @Option(names = "--observer", hidden = true)
  private Observer observer;

  @Option(names = "--calls", hidden = true)
  private ObservedCalls calls = ObservedCalls.HEARTBEAT;

  private final PrintStream out;

  ObservedReport(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(CommandLines.run(new ObservedReport(System.out), args));
  }

  @Override
  public Integer call() throws Exception {
    if (observer != null) {
      out.println(Json.line(measure()));
      return 0;
    }
    out.println(Environment.capture("").line());
    print(
        "%,d users; JVMs: %d, pairs in each: %d, of %d ms; nanoseconds a user",
        users, jvms, pairs, millis);
    print(
        "%-15s %-10s %8s %8s %7s %16s  %s",
        "calls", "observer", "without", "with", "ratio", "95 of 100", "target");
    for (ObservedCalls row : ObservedCalls.values()) {
      for (Observer watching : Observer.values()) {
        Turns turns = inNewJvms(row, watching);
        print(
            "%-15s %-10s %8.1f %8.1f %7.3f %7.3f to %5.3f  %s",
            row.label(),
            watching.label(),
            turns.without(),
            turns.with(),
            turns.ratio(),
            turns.lowest(),
            turns.highest(),
            Target.atMost("", OptionalDouble.of(turns.ratio()), LIMIT, "").verdict());
      }
    }
    return 0;
  }

  private Turns inNewJvms(ObservedCalls row, Observer watching) throws Exception {
    List<double[]> values = new ArrayList<>();
    for (int i = 0; i < jvms; i++) {
      String line =
          NewJvm.firstLine(
              ObservedReport.class,
              List.of(),
              List.of(
                  "--observer=" + watching,
                  "--calls=" + row,
                  "--users=" + users,
                  "--pairs=" + pairs,
                  "--millis=" + millis));
      values.add(Json.parse(line, double[].class));
    }
    return new Turns(values);
  }

  /** Nanoseconds a user: without, with, without, and so on, one more than twice the pairs. */
  private double[] measure() throws Exception {
    try (KnownUsers load = new KnownUsers(users, calls != ObservedCalls.HEARTBEAT)) {
      IntSupplier run = calls.over(load);
      for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
        double unused = turn(turn, load, run);
      }
      double[] nanosPerUser = new double[2 * pairs + 1];
      for (int turn = 0; turn < nanosPerUser.length; turn++) {
        nanosPerUser[turn] = turn(turn, load, run);
      }
      return nanosPerUser;
    }
  }

  private double turn(int turn, KnownUsers load, IntSupplier run) throws Exception {
    if (turn % 2 == 0) {
      return measure(run);
    }
    AutoCloseable watching = observer.watch(load.presence);
    try {
      return measure(run);
    } finally {
      watching.close();
    }
  }

  private double measure(IntSupplier run) {
    return Ratios.nanosPerUnit(TimeUnit.MILLISECONDS.toNanos(millis), run);
  }

  private void print(String format, Object... values) {
    out.println(Numbers.format(format, values));
  }
}
