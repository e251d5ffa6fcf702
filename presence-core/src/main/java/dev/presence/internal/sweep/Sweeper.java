package dev.presence.internal.sweep;

import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.StampStore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Removes users, one segment at a time, and counts what it does. A regular pass also mends stamps
 * that the clock has left behind: it lowers those more than a window in the future to now.
 */
public final class Sweeper {

  private final StampStore store;
  private final EpochClock clock;
  private final long windowSeconds;
  private final long retentionSeconds;

  private final AtomicLong completed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong removed = new AtomicLong();

  public Sweeper(StampStore store, EpochClock clock, long windowSeconds, long retentionSeconds) {
    this.store = store;
    this.clock = clock;
    this.windowSeconds = windowSeconds;
    this.retentionSeconds = retentionSeconds;
  }

  /** Runs one full pass now; returns how many users it removed. */
  public long pass(long nowSeconds) {
    return pass(nowSeconds, store.segments());
  }

  /** Runs a pass over the first segments. */
  public long pass(long nowSeconds, int segments) {
    return store.onOwnThread(
        () -> {
          AgeSweep sweep = newSweep();
          long count = 0;
          for (int segment = 0; segment < segments; segment++) {
            count += sweepSegment(segment, nowSeconds, sweep);
          }
          passCompleted();
          return count;
        });
  }

  long windowSeconds() {
    return windowSeconds;
  }

  AgeSweep newSweep() {
    return new AgeSweep(store.largestSegment(), windowSeconds);
  }

  /** Does one segment's part of a regular pass; returns how many users it removed. */
  int sweepSegment(int segment, long nowSeconds, AgeSweep sweep) {
    int count = sweep(segment, sweep.remove(retentionSeconds, nowSeconds));
    if (sweep.futureCount() > 0) {
      lowerFutureStamps(sweep);
    }
    return count;
  }

  /**
   * Reads the clock again, because this thread may have been held up. A stamp that was recorded
   * before this reading and lies in its future dates from before the clock stepped back. A stamp
   * recorded since then differs from the one the sweep saw, and stays.
   */
  private void lowerFutureStamps(AgeSweep sweep) {
    long nowSeconds = clock.nowSeconds();
    for (int i = 0; i < sweep.futureCount(); i++) {
      int stamp = sweep.futureStamp(i);
      if (Integer.toUnsignedLong(stamp) - nowSeconds > windowSeconds) {
        store.replace(sweep.futureUser(i), stamp, (int) nowSeconds);
      }
    }
  }

  /** Sweeps one segment; returns how many users that removed. */
  int sweep(int segment, AgeSweep sweep) {
    int count = store.sweep(segment, sweep);
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

  /** How many passes ran to their end. */
  public long completed() {
    return completed.get();
  }

  /** How many passes ended with an exception. */
  public long failed() {
    return failed.get();
  }

  /** How many users this has removed. */
  public long removed() {
    return removed.get();
  }
}
