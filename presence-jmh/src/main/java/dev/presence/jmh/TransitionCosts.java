package dev.presence.jmh;

import dev.presence.Presence;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What it costs the library to find out who has come and gone. One subscription of everybody. */
final class TransitionCosts {

  private static final int LEAVES = 7;

  /** As long as nothing is told, after which nothing is left to tell. */
  private static final int QUIET_MILLIS = 300;

  private static final int REHEARSAL_USERS = 10_000;
  private static final int BATCH = 100;
  private static final int BEAT_SECONDS = 10;

  /** A user leaves once in so many beats, which is 0.2 % of all users a second. */
  private static final int BEATS_A_LIFE = 50;

  /** So many beats in a row a user leaves out, is offline for 20 seconds, and returns. */
  private static final int MISSED_BEATS = 4;

  private static final int WARM_UP_SECONDS = 60;

  private TransitionCosts() {}

  /**
   * All users leave in the same second, and come back, a few times.
   *
   * @return nanoseconds of CPU of the library's thread for each who leaves, at the median;
   *     milliseconds until all were told, at the median and the most; resyncs in all
   */
  static double[] ofLeavingTogether(int users) {
    BenchmarkClock clock = new BenchmarkClock();
    long[] ids = Users.shuffled(users);
    double[] nanosPerUser = new double[LEAVES];
    double[] millis = new double[LEAVES];
    try (Presence presence = TransitionStore.open(Presence.builder().maxUsers(users).clock(clock));
        Audience audience = new Audience(Subscribers.EVERYBODY, presence, ids)) {
      long resyncs = 0;
      for (int leave = -1; leave < LEAVES; leave++) { // the first one warms up
        presence.recordHeartbeats(ids);
        audience.awaitOnline(users);
        long resyncsBefore = audience.resyncs();
        long cpuBefore = TransitionThread.cpuNanos();
        long startNanos = System.nanoTime();
        clock.advanceSeconds(Contender.WINDOW_SECONDS);
        long toldNanos = lastToldNanos(audience);
        if (leave >= 0) {
          nanosPerUser[leave] = (double) (TransitionThread.cpuNanos() - cpuBefore) / users;
          millis[leave] = (toldNanos - startNanos) / 1e6;
          resyncs += audience.resyncs() - resyncsBefore;
        }
      }
      return new double[] {
        Turns.median(nanosPerUser), Turns.median(millis), Turns.most(millis), resyncs
      };
    }
  }

  /** Waits until nobody is online and nothing more is told; returns when that began. */
  private static long lastToldNanos(Audience audience) {
    long delivered = -1;
    long sinceNanos = System.nanoTime();
    while (audience.online() != 0
        || audience.waiting() != 0
        || System.nanoTime() - sinceNanos < TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS)) {
      if (audience.delivered() != delivered) {
        delivered = audience.delivered();
        sinceNanos = System.nanoTime();
      }
      long unused = Waiting.PARK.untilNanos(System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(100));
    }
    return sinceNanos;
  }

  /**
   * All users beat every 10 seconds, and 0.2 % of them leave each second and as many return. A
   * second of the instance's clock takes one of the system's, or as long as its heartbeats take.
   *
   * @return milliseconds of CPU a second of the library's thread; how many left in a second; how
   *     many of the system's seconds a second took; resyncs
   */
  static double[] ofScan(int users, int seconds) {
    BenchmarkClock clock = new BenchmarkClock();
    try (Presence presence =
        TransitionStore.open(Presence.builder().maxUsers(users).clock(clock))) {
      Crowd crowd = new Crowd(presence, users);
      crowd.join();
      try (Audience audience = new Audience(Subscribers.EVERYBODY, presence, new long[0])) {
        audience.awaitOnline(users);
        int second = 0;
        for (; second < WARM_UP_SECONDS; second++) {
          clock.advanceSeconds(1);
          crowd.beat(second);
        }
        audience.awaitOnline(presence.onlineCount());
        long deliveredBefore = audience.delivered();
        long resyncsBefore = audience.resyncs();
        long cpuBefore = TransitionThread.cpuNanos();
        long startNanos = System.nanoTime();
        for (int i = 1; i <= seconds; i++, second++) {
          clock.advanceSeconds(1);
          crowd.beat(second);
          long unused = Waiting.PARK.untilNanos(startNanos + TimeUnit.SECONDS.toNanos(i));
        }
        double cpuNanos = TransitionThread.cpuNanos() - cpuBefore;
        double took = System.nanoTime() - startNanos;
        double told = audience.delivered() - deliveredBefore;
        return new double[] {
          cpuNanos / 1e6 / seconds,
          told / 2 / seconds,
          took / 1e9 / seconds,
          audience.resyncs() - resyncsBefore
        };
      }
    }
  }

  /** Users whose ids are computed, for as many as no array holds. */
  private record Crowd(Presence presence, int users) {

    /** Everybody beats, in an order that has nothing to do with the second of later beats. */
    void join() {
      long[] batch = new long[BATCH];
      for (int first = 0; first < users; first += BATCH) {
        for (int i = 0; i < BATCH; i++) {
          batch[i] = Users.id(Math.min(first + i, users - 1));
        }
        presence.recordHeartbeats(batch);
      }
    }

    /** A tenth of the users beat, but for those of them who are away. */
    void beat(int second) {
      long[] batch = new long[BATCH];
      int size = 0;
      int round = second / BEAT_SECONDS;
      for (int number = second % BEAT_SECONDS; number < users; number += BEAT_SECONDS) {
        if ((round + number / BEAT_SECONDS) % BEATS_A_LIFE >= MISSED_BEATS) {
          batch[size++] = Users.id(number);
          if (size == BATCH) {
            presence.recordHeartbeats(batch);
            size = 0;
          }
        }
      }
      for (int i = 0; i < size; i++) {
        presence.recordHeartbeat(batch[i]);
      }
    }
  }

  /**
   * How much heap the library uses once somebody listens.
   *
   * @return bytes
   */
  static double[] ofHeap(int users) {
    long unused = heapBytes(REHEARSAL_USERS); // loads the classes
    return new double[] {heapBytes(users)};
  }

  private static long heapBytes(int users) {
    try (Presence presence =
        TransitionStore.open(Presence.builder().maxUsers(users).onlineWindow(Duration.ofDays(1)))) {
      new Crowd(presence, users).join();
      long before = FootprintProbe.usedHeapBytes();
      try (Audience audience = new Audience(Subscribers.EVERYBODY, presence, new long[0])) {
        audience.awaitOnline(users);
        return FootprintProbe.usedHeapBytes() - before;
      }
    }
  }
}
