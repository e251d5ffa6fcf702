package dev.presence.internal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Removes users, one segment at a time, and counts what it does. A regular pass also mends stamps
 * that the clock has left behind: one more than a window in the future is lowered to now.
 */
final class Sweeps {

  private final StampStore store;
  private final EpochClock clock;
  private final long windowSeconds;
  private final long retentionSeconds;

  private final AtomicLong completed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong removed = new AtomicLong();

  Sweeps(StampStore store, EpochClock clock, long windowSeconds, long retentionSeconds) {
    this.store = store;
    this.clock = clock;
    this.windowSeconds = windowSeconds;
    this.retentionSeconds = retentionSeconds;
  }

  /** One full pass at this moment; returns how many users it removed. */
  long pass(long nowSeconds) {
    return pass(nowSeconds, store.segments());
  }

  /** A pass over the first segments. */
  long pass(long nowSeconds, int segments) {
    return store.onOwnThread(
        () -> {
          SweepTask task = newTask();
          long count = 0;
          for (int segment = 0; segment < segments; segment++) {
            count += sweepSegment(segment, nowSeconds, task);
          }
          passCompleted();
          return count;
        });
  }

  SweepTask newTask() {
    return new SweepTask(store.largestSegment(), windowSeconds);
  }

  /** The part of a regular pass that belongs to one segment; returns how many users it removed. */
  int sweepSegment(int segment, long nowSeconds, SweepTask task) {
    int count = sweep(segment, task.remove(retentionSeconds, nowSeconds));
    if (task.futureCount() > 0) {
      lowerFutureStamps(task);
    }
    return count;
  }

  /**
   * Reads the clock again, because the sweeper may have been held up: a stamp that was stored
   * before this reading and is in the future of it was stored before the clock stepped back. One
   * that has been stored since is another one, and stays.
   */
  private void lowerFutureStamps(SweepTask task) {
    long nowSeconds = clock.nowSeconds();
    for (int i = 0; i < task.futureCount(); i++) {
      int stamp = task.futureStamp(i);
      if (Integer.toUnsignedLong(stamp) - nowSeconds > windowSeconds) {
        store.replace(task.futureUser(i), stamp, (int) nowSeconds);
      }
    }
  }

  /** Does a task to one segment; returns how many users it removed. */
  int sweep(int segment, SweepTask task) {
    int count = store.sweep(segment, task);
    removed.addAndGet(count);
    return count;
  }

  void passCompleted() {
    completed.incrementAndGet();
  }

  void passFailed() {
    failed.incrementAndGet();
  }

  int segments() {
    return store.segments();
  }

  long completed() {
    return completed.get();
  }

  long failed() {
    return failed.get();
  }

  long removed() {
    return removed.get();
  }
}
