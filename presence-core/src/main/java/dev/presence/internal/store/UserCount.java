package dev.presence.internal.store;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many users a store tracks, never more than it may; and the earliest stamp with which one of
 * them came.
 */
public final class UserCount {

  private static final int LATEST = (int) Stamp.LAST;

  private final long maxUsers;
  private final AtomicLong tracked = new AtomicLong();
  private final AtomicInteger earliestStamp = new AtomicInteger(LATEST);

  /** Counts from zero to {@code maxUsers}. */
  public UserCount(long maxUsers) {
    this.maxUsers = maxUsers;
  }

  /**
   * Reserves a place for a new user; {@link #removed} gives it back if the user does not come after
   * all. The reservation is the last thing that this method does.
   */
  public boolean reserveOne(int stamp) {
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

  /** Notes that a user comes, or comes back, with this stamp. */
  public void came(int stamp) {
    int earliest;
    do {
      earliest = earliestStamp.get();
    } while (Integer.compareUnsigned(stamp, earliest) < 0
        && !earliestStamp.compareAndSet(earliest, stamp));
  }

  /** Notes that a user is gone, or did not fit in after all. */
  public void removed() {
    tracked.decrementAndGet();
  }

  /** Forgets the earliest stamp so far. */
  public void forgetStamps() {
    earliestStamp.set(LATEST);
  }

  /** The earliest stamp with which a user came since {@link #forgetStamps}. */
  public long earliestStamp() {
    return Integer.toUnsignedLong(earliestStamp.get());
  }

  /** The most users there may be. */
  public long maxUsers() {
    return maxUsers;
  }

  /** How many users there are. */
  public long tracked() {
    return tracked.get();
  }

  /** Whether there is no room for another user. */
  public boolean isFull() {
    return tracked.get() >= maxUsers;
  }
}
