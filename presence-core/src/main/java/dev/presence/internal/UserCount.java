package dev.presence.internal;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many users a store tracks, never more than it promises to; and the earliest stamp with which
 * one came.
 */
final class UserCount {

  private static final int LATEST = (int) Stamp.LAST;

  private final long maxUsers;
  private final AtomicLong tracked = new AtomicLong();
  private final AtomicInteger earliestStamp = new AtomicInteger(LATEST);

  UserCount(long maxUsers) {
    this.maxUsers = maxUsers;
  }

  /**
   * Takes a place for a new user, to be given back by {@link #removed} if the user does not come
   * after all. That this succeeds is its last effect.
   */
  boolean reserveOne(int stamp) {
    long count;
    do {
      count = tracked.get();
      if (count >= maxUsers) {
        return false;
      }
      came(stamp);
    } while (!tracked.compareAndSet(count, count + 1));
    return true;
  }

  /** A user comes, or comes back, with this stamp. */
  void came(int stamp) {
    int earliest;
    do {
      earliest = earliestStamp.get();
    } while (Integer.compareUnsigned(stamp, earliest) < 0
        && !earliestStamp.compareAndSet(earliest, stamp));
  }

  /** The user is gone, or did not fit in after all. */
  void removed() {
    tracked.decrementAndGet();
  }

  /** Forgets the earliest stamp so far. */
  void forgetStamps() {
    earliestStamp.set(LATEST);
  }

  /** The earliest stamp with which a user came since {@link #forgetStamps}. */
  long earliestStamp() {
    return Integer.toUnsignedLong(earliestStamp.get());
  }

  long maxUsers() {
    return maxUsers;
  }

  long tracked() {
    return tracked.get();
  }

  boolean isFull() {
    return tracked.get() >= maxUsers;
  }
}
