package dev.presence.internal.transitions;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Notices that this process, or the clock, has not kept pace: nobody's heartbeat could come in
 * meanwhile, so that everybody would seem to have gone. For a while after it, time stands still for
 * the listeners: users who are there beat again, and nobody is told that they were gone.
 *
 * <p>A hold ends with a move of time, even if the process is late again by then, so that a machine
 * that is always late tells who has gone, only later.
 */
final class PauseGuard {

  private static final long NANOS_A_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** How late is too late, and how long time stands still then; 0 for never. */
  private final long holdNanos;

  /** Whether the clock is the machine's, which does not jump without a reason. */
  private final boolean comparesClock;

  // Of the dispatcher.
  private boolean hasLast;
  private long lastSecond;
  private long lastNanos;

  // Written by the dispatcher.
  private volatile Hold hold;
  private final AtomicLong holds = new AtomicLong();

  /** Time stands still. */
  private record Hold(long second, long sinceNanos) {}

  PauseGuard(long holdNanos, boolean comparesClock) {
    this.holdNanos = holdNanos;
    this.comparesClock = comparesClock;
  }

  /** Holds from now on, if the last second that this process knew is too long ago. */
  void resume(long lastKnownSecond, long nowSecond, long nanoTime) {
    if (holdNanos > 0 && (nowSecond - lastKnownSecond) * NANOS_A_SECOND > holdNanos) {
      begin(lastKnownSecond, nanoTime);
    }
  }

  /** The second it is for the listeners. Called every few milliseconds while there are any. */
  long second(long nowSecond, long nanoTime) {
    long held = heldSecond(nanoTime);
    if (held != Long.MAX_VALUE) {
      return Math.min(held, nowSecond);
    }
    boolean endsHold = hold != null;
    hold = null;
    if (!endsHold && holdNanos > 0 && hasLast && isLate(nowSecond, nanoTime)) {
      begin(lastSecond, nanoTime);
      return Math.min(lastSecond, nowSecond);
    }
    hasLast = true;
    lastSecond = nowSecond;
    lastNanos = nanoTime;
    return nowSecond;
  }

  private boolean isLate(long nowSecond, long nanoTime) {
    long passedNanos = nanoTime - lastNanos;
    long jumpNanos = (nowSecond - lastSecond - 1) * NANOS_A_SECOND - passedNanos; // at least
    return passedNanos > holdNanos || (comparesClock && jumpNanos > holdNanos);
  }

  private void begin(long second, long nanoTime) {
    hold = new Hold(second, nanoTime);
    holds.incrementAndGet();
  }

  /** The second at which time stands, {@link Long#MAX_VALUE} while it goes on. */
  long heldSecond(long nanoTime) {
    Hold current = hold;
    return current != null && nanoTime - current.sinceNanos() < holdNanos
        ? current.second()
        : Long.MAX_VALUE;
  }

  /** Begins anew, after nobody has listened for a while. */
  void restart() {
    hasLast = false;
  }

  /** How often time was held. */
  long holds() {
    return holds.get();
  }
}
