package dev.presence.internal.concurrent;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts how often a thread got to run long after the time that it had set itself: the process, the
 * machine or the thread's own work was in the way. Below a tenth of a second the collector and the
 * scheduler do that all the time.
 */
public final class LateTicks {

  private static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final AtomicLong count = new AtomicLong();

  /** Notes when a thread wanted to go on, and when it did. */
  public void goesOn(long dueNanos, long nowNanos) {
    if (nowNanos - dueNanos > LATE_NANOS) {
      count.incrementAndGet();
    }
  }

  /** How often a thread was late. */
  public long count() {
    return count.get();
  }
}
