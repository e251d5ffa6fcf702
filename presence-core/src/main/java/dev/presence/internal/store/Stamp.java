package dev.presence.internal.store;

/**
 * A stamp: the epoch second of a user's last heartbeat, kept as an unsigned {@code int}, good to
 * the year 2106.
 */
public final class Stamp {

  /** No heartbeat: the user is not known. No real heartbeat has this stamp. */
  public static final int NONE = 0;

  /** The first second that is a stamp. */
  public static final long FIRST = 1;

  /** The last second that is a stamp. */
  public static final long LAST = 0xFFFF_FFFFL;

  private Stamp() {}

  /**
   * The one predicate behind every answer and every removal: is the stamp younger than this age? At
   * exactly that age it is not. A stamp in the future has a negative age and is younger than any.
   */
  public static boolean isYounger(int stamp, long nowSeconds, long ageSeconds) {
    return stamp != NONE && nowSeconds - Integer.toUnsignedLong(stamp) < ageSeconds;
  }
}
