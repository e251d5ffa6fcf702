package dev.presence.internal.store;

/**
 * Who came and who went, in order, until the dispatcher fetches it. Of a fixed size: where it is
 * full, what follows is lost, and it says so. Whoever owns it guards it by a lock.
 *
 * <p>A transition is two numbers side by side, so that adding one touches one cache line.
 */
public final class TransitionLog {

  /** How many numbers a transition has: the user id, and the rest. */
  public static final int NUMBERS = 2;

  private static final long ONLINE = 1L << 32;

  /** The transitions, from position zero. */
  public final long[] numbers;

  /** How many numbers are in use. The assignment that makes it grow adds the transition. */
  public int end;

  /** Whether transitions have been lost since the last {@link TransitionList#drain}. */
  public boolean hasOverflowed;

  /** A log that holds so many transitions. */
  public TransitionLog(int capacity) {
    this.numbers = new long[NUMBERS * capacity];
  }

  /** The number that follows the user id: a stamp, and whether the user came or went. */
  public static long rest(int stamp, boolean online) {
    return Integer.toUnsignedLong(stamp) | (online ? ONLINE : 0);
  }

  static boolean isOnline(long rest) {
    return (rest & ONLINE) != 0;
  }

  /** Whether the dispatcher should come early, before its time. Once on the way to full. */
  public boolean isFillingUp() {
    return end == numbers.length / NUMBERS / 4 * NUMBERS;
  }
}
