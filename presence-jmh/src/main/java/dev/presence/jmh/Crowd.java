package dev.presence.jmh;

import dev.presence.Presence;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Very many users of one presence, numbered and never listed: neither their ids nor anything else
 * is kept for each, and the heap does not grow with them.
 *
 * <p>The first tenth of them is recorded half a window before the others, so that they expire while
 * the others stay online. Nobody expires before {@link #expireFirstTenth}, because the clock moves
 * by seconds and the window is a day. There is no sweeper but {@link Presence#sweep}: what it
 * removes is counted.
 */
final class Crowd implements AutoCloseable {

  static final int TENTHS = 10;
  static final int BATCH = 100;

  private static final long WINDOW_SECONDS = Duration.ofDays(1).toSeconds();

  /**
   * With two lines of a cache for each, 512 MB of memory are asked about: more than caches hold.
   */
  private static final int MOST_ASKED = 1 << 22;

  /** So many batches at least between two seconds, or a long measurement would reach the window. */
  private static final int FEWEST_STEPS = 1_000;

  private final BenchmarkClock clock = new BenchmarkClock();
  private final int startSecond = clock.second();
  private final long users;
  private final int threads;
  private final Presence presence;

  Crowd(long users, int threads) {
    if (threads < 1 || users < (long) TENTHS * BATCH * threads) {
      throw new IllegalArgumentException(
          "users must be >= "
              + TENTHS * BATCH
              + " for each thread: users="
              + users
              + " threads="
              + threads);
    }
    this.users = users;
    this.threads = threads;
    this.presence =
        Presence.builder()
            .maxUsers(users)
            .onlineWindow(Duration.ofSeconds(WINDOW_SECONDS))
            .clock(clock)
            .sweepInterval(Duration.ZERO)
            .open();
  }

  Presence presence() {
    return presence;
  }

  /** How many of so many users are in the first tenths. */
  static long inTenths(int tenths, long users) {
    return users / TENTHS * tenths + users % TENTHS * tenths / TENTHS;
  }

  /** How many users are in the tenth that expires first. */
  long firstToExpire() {
    return inTenths(1, users);
  }

  /** Records everybody of a tenth, in batches; returns how long that took. Begin with 0. */
  long fill(int tenth) {
    long first = inTenths(tenth, users);
    long size = inTenths(tenth + 1, users) - first;
    long nanos =
        Crew.run(
            threads,
            thread ->
                record(first + size * thread / threads, first + size * (thread + 1) / threads));
    if (tenth == 0) {
      clock.advanceSeconds(WINDOW_SECONDS / 2);
    }
    return nanos;
  }

  private void record(long from, long to) {
    long[] ids = new long[BATCH];
    for (long number = from; number < to; number += BATCH) {
      int size = (int) Math.min(BATCH, to - number);
      long[] batch = size == BATCH ? ids : new long[size];
      for (int i = 0; i < size; i++) {
        batch[i] = Users.id(number + i);
      }
      presence.recordHeartbeats(batch);
    }
  }

  /** Random users of all, for {@link Questions}. */
  long[] known() {
    return draw(0, users);
  }

  /** Random users of those who expire first. */
  long[] firstTenth() {
    return draw(0, firstToExpire());
  }

  /** Random users of the others. */
  long[] others() {
    return draw(firstToExpire(), users);
  }

  /** Random users of whom nobody has ever heard. */
  long[] strangers() {
    return draw(users, 2 * users);
  }

  private static long[] draw(long from, long to) {
    SplittableRandom random = new SplittableRandom(Users.SEED);
    long[] ids = new long[(int) Math.min(MOST_ASKED, Long.highestOneBit(to - from)) + BATCH];
    Arrays.setAll(ids, i -> Users.id(random.nextLong(from, to)));
    return ids;
  }

  /** Asks for a batch in one call. */
  Crew.Worker statusOf(long[] asked, boolean expected, int thread, int among) {
    Questions questions = new Questions(asked, BATCH, thread, among);
    boolean[] online = new boolean[BATCH];
    return () -> {
      presence.statusOf(questions.next(), online);
      int wrong = 0;
      for (boolean answer : online) {
        wrong += answer == expected ? 0 : 1;
      }
      return wrong;
    };
  }

  /** Asks for as many users one by one. */
  Crew.Worker isOnline(long[] asked, boolean expected, int thread, int among) {
    Questions questions = new Questions(asked, BATCH, thread, among);
    return () -> {
      int wrong = 0;
      for (long userId : questions.next()) {
        wrong += presence.isOnline(userId) == expected ? 0 : 1;
      }
      return wrong;
    };
  }

  /** Records a batch. Of many users, nearly each has a later stamp to write than the last time. */
  Crew.Worker heartbeats(long[] beating, int thread, int among) {
    Questions questions = new Questions(beating, BATCH, thread, among);
    int round = Math.max(FEWEST_STEPS, (beating.length - BATCH) / BATCH / among);
    int[] steps = {0};
    return () -> {
      if (thread == 0 && steps[0]++ % round == 0) {
        clock.advanceSeconds(1);
      }
      presence.recordHeartbeats(questions.next());
      return 0;
    };
  }

  /** Moves the clock to where the first tenth is exactly a window old, and all others younger. */
  void expireFirstTenth() {
    long ahead = startSecond + WINDOW_SECONDS - clock.second();
    if (ahead < 0) {
      throw new IllegalStateException("the clock must not be past the window: ahead=" + ahead);
    }
    clock.advanceSeconds(ahead);
  }

  @Override
  public void close() {
    presence.close();
  }
}
