package dev.presence.jmh;

import dev.presence.jmh.report.Numbers;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.LongToIntFunction;
import java.util.stream.IntStream;

/**
 * User ids: distinct, and scattered over all longs, like ids from several databases. Users with
 * numbers below {@code users} are recorded; users with higher numbers never are.
 */
public final class Users {

  static final long SEED = 0x5EED_0F_0A11L;

  /** A prime above every number of users, so that its multiples meet each number once. */
  private static final long STRIDE = Integer.MAX_VALUE;

  private static final int CHUNK = 1000;
  private static final long LOW_INT = 0xFFFF_FFFFL;
  private static final int SAMPLE = 10_000;

  private Users() {}

  /** The id of a number; different numbers have different ids. */
  public static long id(long number) {
    long mixed = number * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /**
   * Number {@code i} of an order of all users in which neighbours are far apart. It is computed,
   * for as many users as an array of {@link #shuffled} users cannot hold.
   */
  static int scattered(int i, int users) {
    return (int) (i * STRIDE % users);
  }

  /** All users, each once, in random order; the same in every run. */
  public static long[] shuffled(int users) {
    SplittableRandom random = new SplittableRandom(SEED);
    long[] ids = new long[users];
    for (int i = 0; i < users; i++) {
      int other = random.nextInt(i + 1);
      ids[i] = ids[other];
      ids[other] = id(i);
    }
    return ids;
  }

  /** All numbers below one, each once, in random order; the same in every run. */
  public static int[] shuffledNumbers(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[] numbers = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i + 1);
      numbers[i] = numbers[other];
      numbers[other] = i;
    }
    return numbers;
  }

  /** Opens a contender and records every user. */
  static Contender recorded(ContenderType type, int users, BenchmarkClock clock, int threads) {
    Contender contender = type.open(users, clock, threads);
    return contender
        .fillingOrder()
        .map(order -> recorded(contender, users, order))
        .orElseGet(() -> recorded(contender, users, type.isThreadSafe()));
  }

  private static Contender recorded(Contender contender, int users, LongToIntFunction order) {
    long[] ids = ordered(users, order);
    for (int first = 0; first < users; first += CHUNK) {
      contender.heartbeats(Arrays.copyOfRange(ids, first, Math.min(first + CHUNK, users)));
    }
    return settled(contender, users);
  }

  /** All users, each once, those of lower places first. */
  static long[] ordered(int users, LongToIntFunction places) {
    long[] ids = new long[users];
    for (int i = 0; i < users; i++) {
      ids[i] = (long) places.applyAsInt(id(i)) << Integer.SIZE | i;
    }
    Arrays.parallelSort(ids);
    for (int i = 0; i < users; i++) {
      ids[i] = id(ids[i] & LOW_INT);
    }
    return ids;
  }

  /** Records every user once, and checks that nobody is lost. */
  static Contender recorded(Contender contender, int users, boolean onAllCores) {
    IntStream chunks = IntStream.rangeClosed(0, (users - 1) / CHUNK);
    (onAllCores ? chunks.parallel() : chunks)
        .map(chunk -> chunk * CHUNK)
        .forEach(first -> contender.heartbeats(ids(first, Math.min(CHUNK, users - first))));
    return settled(contender, users);
  }

  private static Contender settled(Contender contender, int users) {
    check(contender, users);
    contender.settle();
    return contender;
  }

  /** Counts the recorded users who are online: all, unless the contender has lost some. */
  static int countOnline(Contender contender, int users) {
    int count = 0;
    for (int number = 0; number < users; number++) {
      count += contender.isOnline(id(number)) ? 1 : 0;
    }
    return count;
  }

  /**
   * Checks a sample of recorded users, who must be online, and of others, who must not, so that no
   * figure comes from a contender that has forgotten its users.
   */
  static void check(Contender contender, int users) {
    int sample = Math.min(SAMPLE, users);
    int online = countOnline(contender, ids(users - sample, sample));
    int strangers = countOnline(contender, ids(users, sample));
    if (online != sample || strangers != 0) {
      throw new IllegalStateException(
          Numbers.format(
              "all recorded users and no others must be online: sample=%d online=%d othersOnline=%d",
              sample, online, strangers));
    }
  }

  private static int countOnline(Contender contender, long[] ids) {
    boolean[] online = new boolean[ids.length];
    contender.statusOf(ids, online);
    int count = 0;
    for (boolean answer : online) {
      count += answer ? 1 : 0;
    }
    return count;
  }

  private static long[] ids(int first, int length) {
    long[] ids = new long[length];
    for (int i = 0; i < length; i++) {
      ids[i] = id((long) first + i);
    }
    return ids;
  }
}
