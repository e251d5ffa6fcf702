package dev.presence.jmh;

import dev.presence.jmh.TransitionStep.Settings;
import dev.presence.jmh.report.Numbers;
import dev.presence.jmh.report.Progress;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Prints the tables of {@link TransitionReport}, each line as soon as it is measured. */
record TransitionTables(
    PrintStream out,
    Jvm jvm,
    Progress progress,
    Settings settings,
    int jvms,
    List<Integer> scanUsers) {

  /** With so many users more, the heap says what each of them takes. */
  private static final int MORE_USERS = 10;

  private static final int LARGE = 10_000_000;

  /** Where a step runs. */
  interface Jvm {
    double[] run(TransitionStep step, Settings settings) throws IOException, InterruptedException;
  }

  void print(Set<TransitionStep> steps) throws IOException, InterruptedException {
    for (TransitionStep step : TransitionStep.values()) {
      if (steps.contains(step)) {
        switch (step) {
          case PAIRS -> pairs();
          case ALLOCATION -> allocation();
          case LEAVE -> leave();
          case OFFLINE -> offline();
          case ONLINE -> online();
          case SCAN -> scan();
          case HEAP -> heap();
        }
      }
    }
  }

  private double[] run(TransitionStep step, Settings with)
      throws IOException, InterruptedException {
    progress.nextMeasurement(Numbers.format("%s, %,d users", step.title(with), with.users()));
    return jvm.run(step, with);
  }

  private void pairs() throws IOException, InterruptedException {
    print(
        "%,d users; JVMs: %d, pairs in each: %d, of %d ms; nanoseconds a user",
        settings.users(), jvms, settings.pairs(), settings.millis());
    print(
        "%-15s %-19s %8s %8s %7s %16s  %s",
        "heartbeats", "subscriptions", "without", "with", "ratio", "95 of 100", "target");
    for (Beats beats : TransitionStep.PAIRED_BEATS) {
      for (Subscribers subscribers : TransitionStep.LISTENING) {
        List<double[]> values = new ArrayList<>();
        for (int i = 0; i < jvms; i++) {
          values.add(run(TransitionStep.PAIRS, settings.with(beats, subscribers)));
        }
        Turns turns = new Turns(values);
        print(
            "%-15s %-19s %8.1f %8.1f %7.3f %7.3f to %5.3f  %s",
            beats.label(),
            subscribers.label(),
            turns.without(),
            turns.with(),
            turns.ratio(),
            turns.lowest(),
            turns.highest(),
            verdict(beats, turns));
      }
    }
  }

  private static String verdict(Beats beats, Turns turns) {
    return switch (beats) {
      case HEARTBEAT, HEARTBEATS_100 -> "ratio " + atMost(turns.ratio(), 1.03, "");
      case COMEBACK -> "with " + atMost(turns.with(), 150, " ns");
      case NEW_USER -> "none";
    };
  }

  private void allocation() throws IOException, InterruptedException {
    print("%nbytes that the caller allocates for a user, with 1 subscription of everybody");
    for (Beats beats : TransitionStep.ALLOCATING_BEATS) {
      double[] bytes = run(TransitionStep.ALLOCATION, settings.with(beats, Subscribers.EVERYBODY));
      print("%-15s %8.2f  %s", beats.label(), bytes[0], atMost(bytes[0], 0, " B"));
    }
  }

  private void leave() throws IOException, InterruptedException {
    double[] leave = run(TransitionStep.LEAVE, settings);
    print(
        "%n%,d users leave in the same second: %.0f ns of CPU a user; all told after %,.0f ms, at"
            + " most %,.0f ms; resyncs: %.0f",
        settings.users(), leave[0], leave[1], leave[2], leave[3]);
  }

  private void offline() throws IOException, InterruptedException {
    double[] late = run(TransitionStep.OFFLINE, settings);
    print(
        "%n%,d users, a fifth leaves a second, %d s: onOffline after the second; milliseconds",
        settings.users(), settings.seconds());
    print("p50 %8.0f", late[0]);
    print("p99 %8.0f  %s", late[1], atMost(late[1], 250, " ms"));
    print("max %8.0f  %s", late[2], atMost(late[2], 1_000, " ms"));
    print("told: %,.0f of %,.0f; resyncs: %.0f; holds: %.0f", late[3], late[4], late[5], late[6]);
  }

  private void online() throws IOException, InterruptedException {
    double[] late = run(TransitionStep.ONLINE, settings);
    print(
        "%n%,d users, %,.0f come one by one: onOnline after recordHeartbeat; milliseconds",
        settings.users(), late[3]);
    print("p50 %8.1f", late[0]);
    print("p99 %8.1f", late[1]);
    print("max %8.1f  %s", late[2], atMost(late[2], 20, " ms"));
  }

  private void scan() throws IOException, InterruptedException {
    print("%nthe library's thread, while 0.2 %% of all users leave a second and as many return");
    print(
        "%12s %12s %14s %10s %8s  %s",
        "users", "leave/s", "CPU ms/s", "s taken", "resyncs", "target");
    for (int users : scanUsers) {
      double[] scan = run(TransitionStep.SCAN, settings.with(users));
      double limit = users > LARGE ? 50 : 5;
      print(
          "%,12d %,12.0f %14.2f %10.2f %8.0f  %s",
          users, scan[1], scan[0], scan[2], scan[3], atMost(scan[0], limit, " ms"));
    }
  }

  private void heap() throws IOException, InterruptedException {
    int users = settings.users();
    double bytes = run(TransitionStep.HEAP, settings)[0];
    double bytesOfMore = run(TransitionStep.HEAP, settings.with(MORE_USERS * users))[0];
    double perUser = (bytesOfMore - bytes) / ((MORE_USERS - 1.0) * users);
    print(
        "%nheap while somebody listens: %.3f bytes a user and %.1f MB; %s",
        perUser, (bytes - perUser * users) / 1e6, atMost(perUser, 0.25, " B"));
  }

  private static String atMost(double value, double limit, String unit) {
    return Target.atMost("", OptionalDouble.of(value), limit, unit).verdict();
  }

  private void print(String format, Object... values) {
    out.println(Numbers.format(format, values));
  }
}
