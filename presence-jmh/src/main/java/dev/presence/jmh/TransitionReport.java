package dev.presence.jmh;

import dev.presence.jmh.TransitionStep.Settings;
import dev.presence.jmh.report.CommandLines;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.Json;
import dev.presence.jmh.report.NewJvm;
import dev.presence.jmh.report.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what it costs that somebody listens to who comes and who goes, and how late listeners
 * are told.
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.TransitionReport
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.TransitionReport \
 *     --only=SCAN --scan-users=1_000_000,10_000_000,100_000_000
 * }</pre>
 *
 * <p>Everything is measured in fresh JVMs; the table goes to the standard output, and how far it is
 * to the standard error. The parts, which {@code --only} chooses:
 *
 * <ul>
 *   <li>{@code PAIRS}: heartbeats without and with subscriptions, in turns over one instance,
 *       because two instances differ by more than what is to be measured: {@link TransitionPairs}.
 *       The ratio is the median over all turns of all JVMs, beside the interval that holds the true
 *       median in 95 of 100 reports: {@link Turns};
 *   <li>{@code ALLOCATION}: bytes that the calling thread allocates for a user meanwhile;
 *   <li>{@code OFFLINE}, {@code ONLINE}: {@link TransitionDelays}, on the system's clock;
 *   <li>{@code LEAVE}, {@code SCAN}, {@code HEAP}: {@link TransitionCosts}. The heap for each user
 *       is the difference between ten times the users and the users, so that what does not depend
 *       on them is not in it.
 * </ul>
 *
 * <p>A hundred million users take 2 GB off the heap, and {@code SCAN} some minutes.
 */
@Command(
    name = "TransitionReport",
    description =
        "Measures subscriptions, and prints a table. Takes about 15 minutes on two quiet cores.")
public final class TransitionReport implements Callable<Integer> {

  private static final int SMALLEST = 1_000;
  private static final int SECONDS_A_STEP = 25;

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Users online. Default: ${DEFAULT-VALUE}.")
  private int users = 1_000_000;

  @Option(
      names = "--scan-users",
      split = ",",
      paramLabel = "N",
      description = "Users online for SCAN. Default: ${DEFAULT-VALUE}.")
  private List<Integer> scanUsers = List.of(1_000_000, 10_000_000);

  @Option(
      names = "--jvms",
      paramLabel = "N",
      description = "JVMs for each row of PAIRS. Default: ${DEFAULT-VALUE}.")
  private int jvms = 3;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      description = "Measurements with subscriptions in each of them. Default: ${DEFAULT-VALUE}.")
  private int pairs = 20;

  @Option(
      names = "--millis",
      paramLabel = "N",
      description = "Length of each of these measurements. Default: ${DEFAULT-VALUE}.")
  private int millis = 50;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Length of the other measurements. Default: ${DEFAULT-VALUE}.")
  private int seconds = 10;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PART",
      description = "Any of ${COMPLETION-CANDIDATES}. Default: all.")
  private Set<TransitionStep> only = EnumSet.allOf(TransitionStep.class);

  @Option(names = "--step", hidden = true)
  private TransitionStep step;

  @Option(names = "--beats", hidden = true)
  private Beats beats = Beats.HEARTBEAT;

  @Option(names = "--subscribers", hidden = true)
  private Subscribers subscribers = Subscribers.EVERYBODY;

  private final PrintStream out;
  private final TransitionTables.Jvm jvm;

  TransitionReport(PrintStream out, TransitionTables.Jvm jvm) {
    this.out = out;
    this.jvm = jvm;
  }

  public static void main(String[] args) {
    System.exit(
        CommandLines.run(new TransitionReport(System.out, TransitionReport::inNewJvm), args));
  }

  static double[] inNewJvm(TransitionStep step, Settings settings)
      throws IOException, InterruptedException {
    String line =
        NewJvm.firstLine(
            TransitionReport.class,
            step.jvmArgs(),
            List.of(
                "--step=" + step,
                "--users=" + settings.users(),
                "--beats=" + settings.beats(),
                "--subscribers=" + settings.subscribers(),
                "--pairs=" + settings.pairs(),
                "--millis=" + settings.millis(),
                "--seconds=" + settings.seconds()));
    return Json.parse(line, double[].class);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (users < SMALLEST) {
      throw new IllegalArgumentException("users must be >= " + SMALLEST + ": users=" + users);
    }
    Settings settings = new Settings(users, beats, subscribers, pairs, millis, seconds);
    if (step != null) {
      out.println(Json.line(step.run(settings)));
      return 0;
    }
    out.println(Environment.capture("").line());
    int steps = only.stream().mapToInt(part -> part.jvms(jvms, scanUsers.size())).sum();
    Progress progress =
        new Progress(System.err, System::nanoTime, 1, steps, (double) SECONDS_A_STEP * steps);
    new TransitionTables(out, jvm, progress, settings, jvms, scanUsers).print(only);
    return 0;
  }
}
