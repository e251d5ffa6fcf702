package dev.presence.jmh;

import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * The questions of one thread: each takes the next batch of a long random sequence, and so finds
 * the caches as cold as a request does.
 *
 * <p>The ids are copied to one array, which every question uses again: a request's ids are in the
 * cache too, because they have just come from the wire. The copy is part of what is measured;
 * {@link BaselineBenchmark} measures it alone.
 */
final class Questions {

  private static final int MAX_LENGTH = 1 << 24;

  private final long[] asked;
  private final int mask;
  private final long[] ids;
  private int next;

  /**
   * Starts at a thread's own place, far from those of the others.
   *
   * @param asked a power of two of ids, and one batch more
   * @param batch number of ids in a question
   * @param thread number of this thread, from 0
   * @param threads number of threads
   */
  Questions(long[] asked, int batch, int thread, int threads) {
    int length = asked.length - batch;
    if (Integer.bitCount(length) != 1) {
      throw new IllegalArgumentException("length must be a power of two: length=" + length);
    }
    this.asked = asked;
    this.mask = length - 1;
    this.ids = new long[batch];
    this.next = (int) ((long) length * thread / threads);
  }

  /**
   * Draws the ids to ask for, the same in every run: as many as there are users, so that few are
   * soon asked for again, but at most 16,777,216, which no cache holds.
   *
   * @param onlinePercent share of the ids that belong to recorded users
   */
  static long[] about(Ids ids, int users, int onlinePercent, int batch) {
    int length = Math.min(Integer.highestOneBit(Math.max(users - 1, 1)) << 1, MAX_LENGTH);
    return about(ids, users, onlinePercent, new long[length + batch]);
  }

  static long[] about(Ids ids, int users, int onlinePercent, long[] asked) {
    SplittableRandom random = new SplittableRandom(Users.SEED);
    IntSupplier numbers = ids.among(users, random);
    for (int i = 0; i < asked.length; i++) {
      long number = numbers.getAsInt();
      asked[i] = Users.id(random.nextInt(100) < onlinePercent ? number : users + number);
    }
    return asked;
  }

  /** The next question; the one after it overwrites the array. */
  long[] next() {
    System.arraycopy(asked, next, ids, 0, ids.length);
    next = (next + ids.length) & mask;
    return ids;
  }
}
