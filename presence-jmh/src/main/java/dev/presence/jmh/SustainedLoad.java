package dev.presence.jmh;

import com.sun.management.OperatingSystemMXBean;
import dev.presence.Presence;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * Can this machine keep so many users online? Each of them beats every 10 seconds, for 30 seconds,
 * in batches of 100 that are due at even intervals on each of a few threads. Arguments: users
 * (100,000,000), threads (2), seconds (30).
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.SustainedLoad
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.SustainedLoad 10000000 1 60
 * }</pre>
 *
 * <p>The store is as it ships, with its sweeper; {@code maxUsers} is set, and a clock that waits
 * for all users to have joined: {@link HeldClock}. A hundred million users take about 2 GB off the
 * heap.
 *
 * <p>{@code generator} does all but the call: it waits, computes the ids of a batch, and reads the
 * clock. It leaves the core while it waits, and wakes up some 60 microseconds late, which is in
 * {@code due}, the time from when a batch was due until it was recorded; {@code call} is the time
 * of {@code recordHeartbeats} alone. {@code CPU} is the process's share of all cores, the sweeper
 * and the generator included. All users have beaten twice before anything is measured.
 *
 * <p>The last line extends the figures to a billion users by arithmetic alone: the bytes of a user,
 * and the mean time of a call for as many heartbeats a second as they would make, without sweeper
 * and generator. It is not a measurement.
 */
public final class SustainedLoad {

  private static final int BATCH = 100;
  private static final int BEAT_SECONDS = 10;
  private static final double SUSTAINED = 0.99;
  private static final long BILLION = 1_000_000_000;
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

  private final int users;
  private final int threads;
  private final int seconds;
  private final int beatSeconds;
  private final PrintStream out;

  SustainedLoad(int users, int threads, int seconds, int beatSeconds, PrintStream out) {
    if (users / threads < BATCH * beatSeconds) {
      throw new IllegalArgumentException(
          "each thread must have a batch a second: users=" + users + " threads=" + threads);
    }
    this.users = users;
    this.threads = threads;
    this.seconds = seconds;
    this.beatSeconds = beatSeconds;
    this.out = out;
  }

  /** Prints the table. */
  public static void main(String[] args) throws IOException {
    new SustainedLoad(
            args.length > 0 ? Integer.parseInt(args[0].replace("_", "")) : 100_000_000,
            args.length > 1 ? Integer.parseInt(args[1]) : 2,
            args.length > 2 ? Integer.parseInt(args[2]) : 30,
            BEAT_SECONDS,
            System.out)
        .print();
  }

  void print() throws IOException {
    out.println(Machine.describe());
    out.printf(
        Locale.ROOT,
        "%,d users, a heartbeat each every %d s, batches of %d on %d threads, %d s; microseconds%n",
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
      IntFunction<PacedLoad.Call> idle =
          thread -> {
            Share share = new Share(thread);
            return n -> share.next();
          };
      IntFunction<PacedLoad.Call> beat =
          thread -> {
            Share share = new Share(thread);
            return n -> presence.recordHeartbeats(share.next());
          };
      Measured generator = measure(Math.min(seconds, beatSeconds), idle);
      print("generator", generator);

      measure(beatSeconds, beat); // inserts, as fast as it can
      clock.release();
      measure(beatSeconds, beat);
      Measured heartbeats = measure(seconds, beat);
      print("heartbeats", heartbeats);
      long online = presence.onlineCount();
      printSums(presence.stats().offHeapBytes(), online, heartbeats);
    }
  }

  private void printSums(long offHeapBytes, long online, Measured heartbeats) {
    double due = users / (double) beatSeconds;
    double done = heartbeats.usersPerSecond();
    out.printf(
        Locale.ROOT,
        "%s: %,.0f of %,.0f heartbeats/s; online at the end: %,d of %,d; off-heap: %.1f bytes a"
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

  private Measured measure(int duration, IntFunction<PacedLoad.Call> calls) {
    long batches = (long) beatSeconds * BATCH * threads;
    long perSecond = (users + batches - 1) / batches;
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Executor newThread = task -> new Thread(task, "heartbeats").start();
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    List<CompletableFuture<PacedLoad>> loads = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      PacedLoad.Call call = calls.apply(i);
      loads.add(
          CompletableFuture.supplyAsync(
              () -> PacedLoad.run(start, perSecond, duration, Waiting.PARK, call), newThread));
    }
    PacedLoad all = loads.get(0).join();
    for (CompletableFuture<PacedLoad> load : loads.subList(1, threads)) {
      all.add(load.join());
    }
    long wall = System.nanoTime() - start;
    return new Measured(all, (double) (system.getProcessCpuTime() - cpu) / wall);
  }

  /**
   * @param cores how many cores the process kept busy
   */
  private record Measured(PacedLoad load, double cores) {

    double usersPerSecond() {
      return load.perSecond() * BATCH;
    }

    double secondsPerUser() {
      return load.callAlone().getMean() / 1e9 / BATCH;
    }
  }

  /** One thread's users, round after round, in an order that is computed and not stored. */
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
