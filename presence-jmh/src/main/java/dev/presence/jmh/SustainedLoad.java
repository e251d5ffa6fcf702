package dev.presence.jmh;

import com.sun.management.OperatingSystemMXBean;
import dev.presence.Presence;
import dev.presence.jmh.report.CommandLines;
import dev.presence.jmh.report.Environment;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Finds out whether this machine keeps so many users online. Each of them beats every 10 seconds,
 * in batches of 100 that are due at even intervals in each of a few threads.
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.SustainedLoad
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.SustainedLoad \
 *     --users=10_000_000 --threads=1 --seconds=60
 * }</pre>
 *
 * <p>Presence runs as it ships, with its sweeper; only {@code maxUsers} is set, and a clock that
 * waits until all users have joined: {@link HeldClock}. A hundred million users take about 2 GB off
 * the heap.
 *
 * <p>{@code generator} does everything but the call: it waits, computes the ids of a batch, and
 * reads the clock. It leaves the core while it waits and wakes up about 60 microseconds late, which
 * counts in {@code due}, the time from when a batch was due until it was recorded; {@code call} is
 * the time of {@code recordHeartbeats} alone. {@code CPU} is the process's share of all cores, with
 * the sweeper and the generator. All users have beaten twice before the measurement.
 *
 * <p>The last line extends the figures to a billion users by arithmetic: the bytes per user, and
 * the mean time of a call for as many heartbeats per second as they would make, without the sweeper
 * and the generator. It is not a measurement.
 */
@Command(
    name = "SustainedLoad",
    description =
        "Measures whether this machine keeps so many users online, and prints a table. Takes about"
            + " 3 minutes on two quiet cores.")
public final class SustainedLoad implements Callable<Integer> {

  private static final int BATCH = 100;
  private static final double SUSTAINED = 0.99;
  private static final long BILLION = 1_000_000_000;
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

  @Option(
      names = "--users",
      paramLabel = "N",
      description = "Users online. Default: ${DEFAULT-VALUE}.")
  private int users = 100_000_000;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that send heartbeats. Default: ${DEFAULT-VALUE}.")
  private int threads = 2;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Duration of the measurement. Default: ${DEFAULT-VALUE}.")
  private int seconds = 30;

  @Option(
      names = "--beat-seconds",
      paramLabel = "N",
      description = "Seconds between two heartbeats of a user. Default: ${DEFAULT-VALUE}.")
  private int beatSeconds = 10;

  private final PrintStream out;

  SustainedLoad(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(CommandLines.run(new SustainedLoad(System.out), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (threads < 1 || users / threads < BATCH * beatSeconds) {
      throw new IllegalArgumentException(
          "each thread must have a batch per second: users=" + users + " threads=" + threads);
    }
    out.println(Environment.capture("").line());
    out.printf(
        Locale.ROOT,
        "%,d users, one heartbeat each every %d s, batches of %d in %d threads, %d s; microseconds%n",
        users,
        beatSeconds,
        BATCH,
        threads,
        seconds);
    out.printf(
        "%-12s %-4s %12s %6s %9s %9s %9s %9s %9s%n",
        "load", "time", "users/s", "CPU", "p50", "p90", "p99", "p99.9", "max");
    HeldClock clock = new HeldClock();
    try (Presence presence = Presence.builder().maxUsers(users).clock(clock).open()) {
      Measured generator = measure(Math.min(seconds, beatSeconds), ids -> {});
      print("generator", generator);

      Measured unused =
          measure(beatSeconds, presence::recordHeartbeats); // inserts, as fast as it can
      clock.release();
      unused = measure(beatSeconds, presence::recordHeartbeats);
      Measured heartbeats = measure(seconds, presence::recordHeartbeats);
      print("heartbeats", heartbeats);
      long online = presence.onlineCount();
      printSums(presence.stats().offHeapBytes(), online, heartbeats);
    }
    return 0;
  }

  private void printSums(long offHeapBytes, long online, Measured heartbeats) {
    double due = users / (double) beatSeconds;
    double done = heartbeats.usersPerSecond();
    out.printf(
        Locale.ROOT,
        "%s: %,.0f of %,.0f heartbeats/s; online at the end: %,d of %,d; off-heap: %.1f bytes per"
            + " user%n",
        done >= SUSTAINED * due ? "sustained" : "NOT sustained",
        done,
        due,
        online,
        users,
        (double) offHeapBytes / users);
    out.printf(
        Locale.ROOT,
        "computed, not measured: %,d users = %.1f GB off-heap, %,d heartbeats/s, %.1f cores"
            + " inside the calls%n",
        BILLION,
        (double) offHeapBytes / users * BILLION / 1e9,
        BILLION / beatSeconds,
        heartbeats.secondsPerUser() * BILLION / beatSeconds);
  }

  private void print(String load, Measured measured) {
    print(load, "due", measured, measured.load.fromDue());
    print(load, "call", measured, measured.load.callAlone());
  }

  private void print(String load, String time, Measured measured, Histogram nanos) {
    out.printf(
        Locale.ROOT,
        "%-12s %-4s %,12.0f %5.1f%%",
        load,
        time,
        measured.usersPerSecond(),
        100 * measured.cores / Runtime.getRuntime().availableProcessors());
    for (double percentile : PERCENTILES) {
      out.printf(Locale.ROOT, " %,9.1f", nanos.getValueAtPercentile(percentile) / 1000.0);
    }
    out.println();
  }

  private Measured measure(int duration, Consumer<long[]> onBatch) {
    long batches = (long) beatSeconds * BATCH * threads;
    long callsPerSecond = (users + batches - 1) / batches;
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Executor newThread = task -> new Thread(task, "heartbeats").start();
    long cpuNanos = system.getProcessCpuTime();
    long startNanos = System.nanoTime();
    List<CompletableFuture<PacedLoad>> loads = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Share share = new Share(i);
      PacedLoad.Call call = n -> onBatch.accept(share.next());
      loads.add(
          CompletableFuture.supplyAsync(
              () -> PacedLoad.run(startNanos, callsPerSecond, duration, Waiting.PARK, call),
              newThread));
    }
    PacedLoad all = loads.get(0).join();
    for (CompletableFuture<PacedLoad> load : loads.subList(1, threads)) {
      all.add(load.join());
    }
    long wallNanos = System.nanoTime() - startNanos;
    return new Measured(all, (double) (system.getProcessCpuTime() - cpuNanos) / wallNanos);
  }

  /**
   * @param cores number of cores that the process kept busy
   */
  private record Measured(PacedLoad load, double cores) {

    double usersPerSecond() {
      return load.callsPerSecond() * BATCH;
    }

    double secondsPerUser() {
      return load.callAlone().getMean() / 1e9 / BATCH;
    }
  }

  /** One thread's users, round after round, in an order that is computed rather than stored. */
  private final class Share {
    private final long[] ids = new long[BATCH];
    private final int first;
    private final int size;
    private int next;

    Share(int thread) {
      this.first = (int) ((long) users * thread / threads);
      this.size = (int) ((long) users * (thread + 1) / threads) - first;
    }

    long[] next() {
      for (int i = 0; i < BATCH; i++) {
        ids[i] = Users.id(Users.scattered(first + next, users));
        next = next + 1 == size ? 0 : next + 1;
      }
      return ids;
    }
  }
}
