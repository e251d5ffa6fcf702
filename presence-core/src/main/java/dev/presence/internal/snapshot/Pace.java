package dev.presence.internal.snapshot;

import java.util.concurrent.TimeUnit;

/**
 * How long the keeper pauses: from the beginning of one snapshot to that of the next an interval,
 * or longer, so that it uses at most a twentieth of a core. After a failure a second, and each time
 * twice as long, up to ten seconds, so that a snapshot is soon whole again once the trouble is
 * over. For one thread.
 */
final class Pace {

  private static final int SHARE_OF_A_CORE = 20;
  private static final long FIRST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final long intervalNanos;
  private long retryNanos = FIRST_RETRY_NANOS;
  private boolean isWarm;

  Pace(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  /** How long to pause before the first snapshot. */
  long first() {
    return intervalNanos;
  }

  /**
   * How long to pause after a snapshot.
   *
   * @param tookNanos how long it took
   * @param workNanos how long of that its thread has used a core
   */
  long afterSnapshot(long tookNanos, long workNanos) {
    retryNanos = FIRST_RETRY_NANOS;
    // The first one loads classes and is interpreted: it says nothing about those that follow.
    long shareNanos = isWarm ? SHARE_OF_A_CORE * workNanos : 0;
    isWarm = true;
    return Math.max(intervalNanos, shareNanos) - tookNanos;
  }

  /** How long to pause after an attempt that failed. */
  long afterFailure(long workNanos) {
    long shareNanos = Math.min(SHARE_OF_A_CORE * workNanos, LAST_RETRY_NANOS);
    long pauseNanos = Math.max(Math.min(retryNanos, intervalNanos), shareNanos);
    retryNanos = Math.min(2 * retryNanos, LAST_RETRY_NANOS);
    return pauseNanos;
  }
}
