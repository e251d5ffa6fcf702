package dev.presence.jmh;

import dev.presence.Presence;
import dev.presence.PresenceBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long single calls take while others go on: heartbeats one by one, and batches of 20 lookups,
 * both at the same time and at fixed rates. With a million users, each of whom beats every 10
 * seconds, that is 100,000 heartbeats and 10,000 batches a second; other numbers of users scale
 * both rates. Arguments: the seconds that each load is measured (30), the number of users
 * (1,000,000), and how the thread of the lookups waits (SPIN or PARK).
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.LatencyReport
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.LatencyReport 60 1000000 SPIN
 * }</pre>
 *
 * <p>The store is as it ships, on the system's clock; {@code maxUsers} alone is set, to twice the
 * users, as those who leave need room too. The loads, one after the other:
 *
 * <ul>
 *   <li>{@code generator}: calls that do nothing, at the same rates. What shows here is the cost of
 *       the pacing, and whatever else this machine does;
 *   <li>{@code seed load}: the heartbeats and the lookups;
 *   <li>{@code mass expiry}: the same, while as many users again, who have stopped to beat, reach
 *       the end of the window in the same second, the first of the measurement. The sweeper removes
 *       them within its interval of 10 seconds, so this load lasts at least 11.
 * </ul>
 *
 * <p>{@code due} is the time from when a call was due until it had returned; {@code call} that from
 * when it began. The difference is waiting for a call before it, or for a core.
 *
 * <p><strong>The generator</strong> is one thread for the heartbeats, which spins, and one for the
 * lookups. Between two calls it reads the clock (some 25 ns, once or twice of which are in each
 * figure) and writes to two histograms (some 20 ns, in none). A spinning thread takes a core to
 * itself. On two cores, two of them leave none to the sweeper, which then has to interrupt one: it
 * delays calls by milliseconds that it would not delay on a machine with a core to spare. So the
 * lookups' thread parks unless told otherwise. It then wakes up late, which is in {@code due}, in
 * the generator's row as well, and not in {@code call}.
 */
public final class LatencyReport {

  private static final int BATCH = 20;
  private static final int ASKED = 1 << 20;
  private static final int BEAT_SECONDS = 10;
  private static final int USERS_PER_LOOKUP = 100;
  private static final int WARM_UP_SECONDS = 5;
  private static final int WINDOW_SECONDS = Contender.WINDOW_SECONDS;

  /** Time to record those who leave, before they are too old to be recorded. */
  private static final int LEAD_SECONDS = 5;

  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};

  private final int seconds;
  private final int users;
  private final Waiting lookupsWait;
  private final Duration sweepInterval;
  private final PrintStream out;

  LatencyReport(
      int seconds, int users, Waiting lookupsWait, Duration sweepInterval, PrintStream out) {
    if (users < USERS_PER_LOOKUP) {
      throw new IllegalArgumentException(
          "users must be >= " + USERS_PER_LOOKUP + ": users=" + users);
    }
    this.seconds = seconds;
    this.users = users;
    this.lookupsWait = lookupsWait;
    this.sweepInterval = sweepInterval;
    this.out = out;
  }

  /** Prints the table. */
  public static void main(String[] args) throws IOException {
    new LatencyReport(
            args.length > 0 ? Integer.parseInt(args[0]) : 30,
            args.length > 1 ? Integer.parseInt(args[1].replace("_", "")) : 1_000_000,
            args.length > 2 ? Waiting.valueOf(args[2]) : Waiting.PARK,
            PresenceBuilder.DEFAULT_SWEEP_INTERVAL,
            System.out)
        .print();
  }

  void print() throws IOException {
    printHead();
    long[] beating = Users.shuffled(users);
    long[] asked = Users.asked(Ids.UNIFORM, users, 100, ASKED + BATCH);
    Questions questions = new Questions(asked, BATCH, 0, 1);
    boolean[] online = new boolean[BATCH];
    PacedLoad.Call question = n -> questions.next();
    PacedLoad.Call nothing = n -> {};
    try (Presence presence =
        Presence.builder().maxUsers(2L * users).sweepInterval(sweepInterval).open()) {
      PacedLoad.Call heartbeat = n -> presence.recordHeartbeat(beating[(int) (n % users)]);
      PacedLoad.Call lookup = n -> presence.statusOf(questions.next(), online);
      presence.recordHeartbeats(beating);

      runBoth(Math.min(seconds, WARM_UP_SECONDS), nothing, question);
      print("generator", runBoth(seconds, nothing, question));

      presence.recordHeartbeats(beating);
      runBoth(Math.min(seconds, WARM_UP_SECONDS), heartbeat, lookup);
      print("seed load", runBoth(seconds, heartbeat, lookup));

      expireTogether(presence);
      long sweptBefore = presence.stats().sweptUsers();
      int sweep = (int) sweepInterval.toSeconds() + 1;
      print("mass expiry", runBoth(Math.max(seconds, sweep), heartbeat, lookup));
      out.printf(
          Locale.ROOT,
          "swept during mass expiry: %,d of %,d; online at the end: %,d of %,d%n",
          presence.stats().sweptUsers() - sweptBefore,
          users,
          presence.onlineCount(),
          users);
    }
  }

  /** Returns in the second before that in which as many users again expire. */
  private void expireTogether(Presence presence) {
    long expiry = Instant.now().getEpochSecond() + LEAD_SECONDS;
    for (int i = 0; i < users; i++) {
      presence.recordHeartbeat(Users.id((long) users + i), expiry - WINDOW_SECONDS);
    }
    if (presence.stats().trackedUsers() != 2L * users) {
      throw new IllegalStateException(
          "everybody must be tracked before they expire: users="
              + 2L * users
              + " trackedUsers="
              + presence.stats().trackedUsers());
    }
    while (Instant.now().getEpochSecond() < expiry - 1) {
      Waiting.PARK.until(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private PacedLoad[] runBoth(int duration, PacedLoad.Call heartbeat, PacedLoad.Call lookup) {
    long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10);
    Executor newThread = task -> new Thread(task, "lookups").start();
    CompletableFuture<PacedLoad> lookups =
        CompletableFuture.supplyAsync(
            () -> PacedLoad.run(start, users / USERS_PER_LOOKUP, duration, lookupsWait, lookup),
            newThread);
    PacedLoad heartbeats =
        PacedLoad.run(start, users / BEAT_SECONDS, duration, Waiting.SPIN, heartbeat);
    return new PacedLoad[] {heartbeats, lookups.join()};
  }

  private void printHead() throws IOException {
    out.println(Machine.describe());
    out.printf(
        Locale.ROOT,
        "%,d users, window %d s, sweep interval %d ms, %d s for each load; the lookups' thread: %s;"
            + " microseconds%n",
        users,
        WINDOW_SECONDS,
        sweepInterval.toMillis(),
        seconds,
        lookupsWait);
    out.printf("%-12s %-12s %-4s %10s", "load", "operation", "time", "calls/s");
    for (double percentile : PERCENTILES) {
      out.printf(Locale.ROOT, " %10s", percentile == 100 ? "max" : name(percentile));
    }
    out.println();
  }

  private static String name(double percentile) {
    return "p" + (percentile % 1 == 0 ? Integer.toString((int) percentile) : percentile + "");
  }

  private void print(String load, PacedLoad[] both) {
    print(load, "heartbeat", both[0]);
    print(load, "statusOf " + BATCH, both[1]);
  }

  private void print(String load, String operation, PacedLoad measured) {
    print(load, operation, "due", measured.perSecond(), measured.fromDue());
    print(load, operation, "call", measured.perSecond(), measured.callAlone());
  }

  private void print(
      String load, String operation, String time, double perSecond, Histogram nanos) {
    out.printf(Locale.ROOT, "%-12s %-12s %-4s %,10.0f", load, operation, time, perSecond);
    for (double percentile : PERCENTILES) {
      out.printf(Locale.ROOT, " %,10.2f", nanos.getValueAtPercentile(percentile) / 1000.0);
    }
    out.println();
  }
}
