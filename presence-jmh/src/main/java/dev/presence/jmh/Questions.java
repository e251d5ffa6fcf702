package dev.presence.jmh;

/**
 * The questions of one thread: each takes the next batch of a long random sequence, so that it
 * finds the caches as cold as a request does.
 *
 * <p>The ids are copied into one array that is used again, as a request's ids are in the cache when
 * they have just been read from the wire. The copy is part of what is measured; {@link
 * BaselineBenchmark} says how small a part.
 */
final class Questions {

  private static final int LONGEST = 1 << 24;

  private final long[] asked;
  private final int mask;
  private final long[] ids;
  private int next;

  /**
   * @param asked a power of two of ids, and one batch more
   * @param batch how many a question has
   * @param thread which of the threads this is: they start far apart
   * @param threads how many there are
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
   * The ids to ask about: as many as users, so that a small part of them is asked twice soon; and
   * never more than 16,777,216, which no cache holds.
   */
  static long[] about(Ids ids, int users, int onlinePercent, int batch) {
    int length = Math.min(Integer.highestOneBit(Math.max(users - 1, 1)) << 1, LONGEST);
    return Users.asked(ids, users, onlinePercent, length + batch);
  }

  /** The next question; overwritten by the one after it. */
  long[] next() {
    System.arraycopy(asked, next, ids, 0, ids.length);
    next = (next + ids.length) & mask;
    return ids;
  }
}
