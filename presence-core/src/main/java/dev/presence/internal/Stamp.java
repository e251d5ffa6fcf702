package dev.presence.internal;

/**
 * A stamp: the epoch second of a user's last heartbeat, kept as an unsigned {@code int}, good to
 * the year 2106.
 */
final class Stamp {

  /** No heartbeat: the user is not known. Never the stamp of a real one. */
  static final int NONE = 0;

  /** The first second that is a stamp. */
  static final long FIRST = 1;

  /** The last second that is a stamp. */
  static final long LAST = 0xFFFF_FFFFL;

  private Stamp() {}

  /**
   * The one predicate behind every answer and every removal: is the stamp younger than this many
   * seconds? At exactly that age it is not. A stamp in the future has an age below zero and is
   * younger than anything.
   */
  static boolean isYounger(int stamp, long now, long seconds) {
    return stamp != NONE && now - Integer.toUnsignedLong(stamp) < seconds;
  }

  /** The nearest second that is a stamp. */
  static long clamp(long epochSecond) {
    return Math.min(Math.max(epochSecond, FIRST), LAST);
  }
}
