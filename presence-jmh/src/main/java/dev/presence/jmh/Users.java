package dev.presence.jmh;

import java.util.SplittableRandom;

/**
 * User ids: distinct and scattered over all longs, as ids from several databases are. Numbers below
 * {@code users} are those who are recorded; the numbers above are never recorded.
 */
public final class Users {

  private static final long SEED = 0x5EED_0F_0A11L;

  /** A prime above every number of users, so that its multiples meet each number once. */
  private static final long STRIDE = Integer.MAX_VALUE;

  private static final int CHUNK = 1000;
  private static final int CHECKED = 10_000;

  private Users() {}

  /** The id of a number: different numbers have different ids. */
  public static long id(long number) {
    long mixed = number * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /**
   * Number {@code i} of an order of all users in which neighbours lie far apart: computed, where an
   * array of {@link #shuffled} users would be too large.
   */
  static int scattered(int i, int users) {
    return (int) (i * STRIDE % users);
  }

  /** Ids to ask for, at random, of which a share is recorded; the same in every run. */
  static long[] asked(Ids popularity, int users, int onlinePercent, int length) {
    SplittableRandom random = new SplittableRandom(SEED);
    Ids.Popularity choice = popularity.among(users);
    long[] ids = new long[length];
    for (int i = 0; i < length; i++) {
      long number = choice.next(random);
      ids[i] = id(random.nextInt(100) < onlinePercent ? number : users + number);
    }
    return ids;
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

  /** Records every user once. */
  static void recordAll(Contender store, int users) {
    long[] ids = new long[Math.min(CHUNK, users)];
    for (int first = 0; first < users; first += CHUNK) {
      store.heartbeats(fill(ids, Math.min(first, users - ids.length)));
    }
  }

  /** How many of the users are online: {@code users}, unless the store has lost some. */
  static int countOnline(Contender store, int users) {
    int count = 0;
    for (int number = 0; number < users; number++) {
      count += store.isOnline(id(number)) ? 1 : 0;
    }
    return count;
  }

  /**
   * Checks with a sample that the recorded users are online and that the others are not, so that no
   * figure comes from a store that has forgotten them.
   */
  static void check(Contender store, int users) {
    int sample = Math.min(CHECKED, users);
    int online = countOnline(store, fill(new long[sample], users - sample));
    int strangers = countOnline(store, fill(new long[sample], users));
    if (online != sample || strangers != 0) {
      throw new IllegalStateException(
          "all recorded users and no others must be online: sample="
              + sample
              + " online="
              + online
              + " othersOnline="
              + strangers);
    }
  }

  private static int countOnline(Contender store, long[] ids) {
    boolean[] online = new boolean[ids.length];
    store.statusOf(ids, online);
    int count = 0;
    for (boolean answer : online) {
      count += answer ? 1 : 0;
    }
    return count;
  }

  private static long[] fill(long[] ids, int first) {
    for (int i = 0; i < ids.length; i++) {
      ids[i] = id((long) first + i);
    }
    return ids;
  }
}
