package dev.presence.internal;

import java.util.concurrent.atomic.AtomicLong;

/** How many users a store tracks, never more than it promises to, and how many ever came. */
final class UserCount {

  private final long maxUsers;
  private final AtomicLong tracked = new AtomicLong();
  private final AtomicLong insertions = new AtomicLong();

  UserCount(long maxUsers) {
    this.maxUsers = maxUsers;
  }

  /** Takes a place for a new user, to be followed by {@link #inserted} or {@link #removed}. */
  boolean reserveOne() {
    long count;
    do {
      count = tracked.get();
      if (count >= maxUsers) {
        return false;
      }
    } while (!tracked.compareAndSet(count, count + 1));
    return true;
  }

  /** The new user is there. */
  void inserted() {
    insertions.incrementAndGet();
  }

  /** The user is gone, or did not fit in after all. */
  void removed() {
    tracked.decrementAndGet();
  }

  long maxUsers() {
    return maxUsers;
  }

  long tracked() {
    return tracked.get();
  }

  long insertions() {
    return insertions.get();
  }
}
