package dev.presence.jmh;

import dev.presence.Presence;
import dev.presence.PresenceListener;
import dev.presence.PresenceSubscription;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** How long after the fact a listener is told, on the system's clock. */
final class TransitionDelays {

  private static final int WINDOW_SECONDS = Contender.WINDOW_SECONDS;

  /** Time to record the users and to tell the listener of them, before the first ones leave. */
  private static final int LEAD_SECONDS = 4;

  /** So many more users take a second more. */
  private static final int USERS_A_LEAD_SECOND = 250_000;

  private static final int WARM_UP_SECONDS = 3;

  /** A second's returns come in so many parts. */
  private static final int PARTS = 100;

  private static final int COMINGS_A_SECOND = 50;
  private static final long LONGEST_MILLIS = TimeUnit.MINUTES.toMillis(1);
  private static final int DIGITS = 3;

  private TransitionDelays() {}

  /** Who left, and how long after the second. Called by one thread at a time. */
  private static final class Leavers implements PresenceListener {
    private final Histogram millis = new Histogram(LONGEST_MILLIS, DIGITS);
    private final AtomicLong arrived = new AtomicLong();
    private final long fromSecond;
    private final long toSecond;

    Leavers(long fromSecond, long toSecond) {
      this.fromSecond = fromSecond;
      this.toSecond = toSecond;
    }

    @Override
    public void onOnline(long userId, long epochSecond) {
      arrived.incrementAndGet();
    }

    @Override
    public void onOffline(long userId, long lastSeenEpochSecond) {
      long dueSecond = lastSeenEpochSecond + WINDOW_SECONDS;
      if (dueSecond >= fromSecond && dueSecond < toSecond) {
        long late = System.currentTimeMillis() - TimeUnit.SECONDS.toMillis(dueSecond);
        millis.recordValue(Math.min(Math.max(late, 0), LONGEST_MILLIS));
      }
    }
  }

  /**
   * A fifth of the users leave at the beginning of each second, and return during the one after the
   * next: the window counts from a late heartbeat, which makes them leave again in time.
   *
   * @param users how many are online, and some more
   * @return milliseconds at the median, the 99th percentile and the most; how many were told, and
   *     were to be told; resyncs; holds after a pause
   */
  static double[] ofLeaving(int users, int seconds) throws InterruptedException {
    int leaving = users / 5 / PARTS * PARTS;
    int groups = users / leaving + 2;
    try (Presence presence =
        TransitionStore.open(Presence.builder().maxUsers((long) groups * leaving))) {
      long startSecond =
          TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis())
              + LEAD_SECONDS
              + users / USERS_A_LEAD_SECOND;
      for (int group = 0; group < groups; group++) {
        record(presence, group * leaving, leaving, startSecond + group);
      }
      long fromSecond = startSecond + WARM_UP_SECONDS;
      Leavers leavers = new Leavers(fromSecond, fromSecond + seconds);
      ExecutorService executor = Executors.newSingleThreadExecutor();
      PresenceSubscription subscription = presence.subscribe(leavers, executor);
      Await.until("all are told", () -> leavers.arrived.get() >= (long) groups * leaving);
      long startMillis = TimeUnit.SECONDS.toMillis(startSecond + 1) - System.currentTimeMillis();
      if (startMillis < TimeUnit.SECONDS.toMillis(1)) {
        end(executor);
        throw new IllegalStateException(
            "all users must be told before the first ones leave: millisTooLate="
                + (TimeUnit.SECONDS.toMillis(1) - startMillis));
      }
      PacedLoad unused =
          PacedLoad.run(
              System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(startMillis),
              PARTS,
              WARM_UP_SECONDS + seconds,
              Waiting.PARK,
              n -> {
                int group = (int) (n / PARTS % groups);
                int part = leaving / PARTS;
                record(
                    presence,
                    group * leaving + (int) (n % PARTS) * part,
                    part,
                    startSecond + n / PARTS + groups);
              });
      Await.until("nothing waits", () -> subscription.queueDepth() == 0);
      subscription.close();
      end(executor);
      return new double[] {
        leavers.millis.getValueAtPercentile(50),
        leavers.millis.getValueAtPercentile(99),
        leavers.millis.getMaxValue(),
        leavers.millis.getTotalCount(),
        (double) leaving * seconds,
        subscription.resyncs(),
        presence.stats().offlineHolds()
      };
    }
  }

  private static void record(Presence presence, int first, int count, long leavesSecond) {
    for (int i = 0; i < count; i++) {
      presence.recordHeartbeat(Users.id(first + i), leavesSecond - WINDOW_SECONDS);
    }
  }

  /** Notes when each user comes, and wakes the thread that waits for that. */
  private static final class Arrivals implements PresenceListener {
    private final BlockingQueue<Long> onlineNanos = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> offlineUsers = new LinkedBlockingQueue<>();

    @Override
    public void onOnline(long userId, long epochSecond) {
      onlineNanos.add(System.nanoTime());
    }

    @Override
    public void onOffline(long userId, long lastSeenEpochSecond) {
      offlineUsers.add(userId);
    }
  }

  /**
   * Single users come into a store in which nothing else happens: new ones, and those who have
   * signed out, in turns. The listener's time counts from the return of the heartbeat.
   *
   * @param users how many are online all the time
   * @return milliseconds at the median, the 99th percentile and the most; how many were told
   */
  static double[] ofComing(int users, int seconds) throws InterruptedException {
    Histogram micros = new Histogram(TimeUnit.MILLISECONDS.toMicros(LONGEST_MILLIS), DIGITS);
    int count = seconds * COMINGS_A_SECOND;
    SplittableRandom random = new SplittableRandom(Users.SEED);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try (Presence presence =
        TransitionStore.open(
            Presence.builder().maxUsers(users + count).onlineWindow(Duration.ofDays(1)))) {
      for (int number = 0; number < users; number++) {
        presence.recordHeartbeat(Users.id(number));
      }
      Arrivals arrivals = new Arrivals();
      PresenceSubscription subscription = presence.subscribe(arrivals, executor);
      Await.until("all are told", () -> arrivals.onlineNanos.size() == users);
      arrivals.onlineNanos.clear();
      for (int i = -COMINGS_A_SECOND; i < count; i++) { // the first ones warm up
        long userId = Users.id(users + Math.max(i, 0) / 2);
        Await.millis(random.nextInt(1, 16)); // at any point between two looks of the thread
        presence.recordHeartbeat(userId);
        long returnedNanos = System.nanoTime();
        long toldNanos = arrivals.onlineNanos.take();
        if (i >= 0) {
          micros.recordValue(TimeUnit.NANOSECONDS.toMicros(Math.max(0, toldNanos - returnedNanos)));
        }
        presence.disconnect(userId);
        long unused = arrivals.offlineUsers.take();
      }
      subscription.close();
    }
    end(executor);
    return new double[] {
      micros.getValueAtPercentile(50) / 1e3,
      micros.getValueAtPercentile(99) / 1e3,
      micros.getMaxValue() / 1e3,
      micros.getTotalCount()
    };
  }

  private static void end(ExecutorService executor) throws InterruptedException {
    executor.shutdown();
    if (!executor.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the listener must return");
    }
  }
}
