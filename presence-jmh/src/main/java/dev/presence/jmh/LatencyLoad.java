package dev.presence.jmh;

import dev.presence.Presence;
import dev.presence.jmh.report.Numbers;
import dev.presence.jmh.report.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The loads of {@link LatencyReport}: single heartbeats and batches of 20 lookups at the same time,
 * each at a fixed rate.
 *
 * @param seconds duration of each load
 * @param users number of users who stay online
 * @param lookupsWait how the thread of the lookups waits
 * @param sweepInterval how long a pass of the sweeper takes
 */
record LatencyLoad(int seconds, int users, Waiting lookupsWait, Duration sweepInterval) {

  static final int BATCH = 20;
  static final int WINDOW_SECONDS = Contender.WINDOW_SECONDS;

  private static final int ASKED = 1 << 20;
  private static final int BEAT_SECONDS = 10;
  private static final int USERS_PER_LOOKUP = 100;
  private static final int WARM_UP_SECONDS = 5;

  /** Time to record the users who will expire, before they are too old to be recorded. */
  private static final int LEAD_SECONDS = 5;

  LatencyLoad {
    if (users < USERS_PER_LOOKUP) {
      throw new IllegalArgumentException(
          "users must be >= " + USERS_PER_LOOKUP + ": users=" + users);
    }
  }

  /** Takes each histogram of nanoseconds. */
  interface Sink {
    void accept(String load, String operation, String time, double callsPerSecond, Histogram nanos);
  }

  /** Runs all loads, and says in one line what the sweeper did meanwhile. */
  String run(Progress progress, Sink sink) {
    long[] beating = Users.shuffled(users);
    long[] asked = Questions.about(Ids.UNIFORM, users, 100, new long[ASKED + BATCH]);
    Questions questions = new Questions(asked, BATCH, 0, 1);
    boolean[] online = new boolean[BATCH];
    PacedLoad.Call question = n -> questions.next();
    PacedLoad.Call nothing = n -> {};
    try (Presence presence =
        Presence.builder().maxUsers(2L * users).sweepInterval(sweepInterval).open()) {
      PacedLoad.Call heartbeat = n -> presence.recordHeartbeat(beating[(int) (n % users)]);
      PacedLoad.Call lookup = n -> presence.statusOf(questions.next(), online);
      presence.recordHeartbeats(beating);
      int warmUpSeconds = Math.min(seconds, WARM_UP_SECONDS);

      progress.nextMeasurement("generator");
      PacedLoad[] unused = runBoth(warmUpSeconds, nothing, question);
      report(sink, "generator", runBoth(seconds, nothing, question));

      progress.nextMeasurement("steady load");
      presence.recordHeartbeats(beating);
      unused = runBoth(warmUpSeconds, heartbeat, lookup);
      report(sink, "steady load", runBoth(seconds, heartbeat, lookup));

      progress.nextMeasurement("mass expiry");
      expireTogether(presence);
      long sweptBefore = presence.stats().sweptUsers();
      int sweepSeconds = (int) sweepInterval.toSeconds() + 1;
      report(sink, "mass expiry", runBoth(Math.max(seconds, sweepSeconds), heartbeat, lookup));
      return Numbers.format(
          "swept during mass expiry: %,d of %,d; online at the end: %,d of %,d",
          presence.stats().sweptUsers() - sweptBefore, users, presence.onlineCount(), users);
    }
  }

  private static void report(Sink sink, String load, PacedLoad[] both) {
    for (int i = 0; i < both.length; i++) {
      String operation = i == 0 ? "heartbeat" : "statusOf " + BATCH;
      double callsPerSecond = both[i].callsPerSecond();
      sink.accept(load, operation, "due", callsPerSecond, both[i].fromDue());
      sink.accept(load, operation, "call", callsPerSecond, both[i].callAlone());
    }
  }

  /** Returns in the second before the one in which as many users again expire. */
  private void expireTogether(Presence presence) {
    long expirySecond = Instant.now().getEpochSecond() + LEAD_SECONDS;
    for (int i = 0; i < users; i++) {
      presence.recordHeartbeat(Users.id((long) users + i), expirySecond - WINDOW_SECONDS);
    }
    if (presence.stats().trackedUsers() != 2L * users) {
      throw new IllegalStateException(
          "all users must be tracked before half of them expire: users="
              + 2L * users
              + " trackedUsers="
              + presence.stats().trackedUsers());
    }
    while (Instant.now().getEpochSecond() < expirySecond - 1) {
      long unused = Waiting.PARK.untilNanos(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  private PacedLoad[] runBoth(int duration, PacedLoad.Call heartbeat, PacedLoad.Call lookup) {
    long startNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10);
    Executor newThread = task -> new Thread(task, "lookups").start();
    CompletableFuture<PacedLoad> lookups =
        CompletableFuture.supplyAsync(
            () ->
                PacedLoad.run(startNanos, users / USERS_PER_LOOKUP, duration, lookupsWait, lookup),
            newThread);
    PacedLoad heartbeats =
        PacedLoad.run(startNanos, users / BEAT_SECONDS, duration, Waiting.SPIN, heartbeat);
    return new PacedLoad[] {heartbeats, lookups.join()};
  }
}
