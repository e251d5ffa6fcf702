package dev.presence.internal.sweep;

/**
 * Notices when the clock jumps ahead, by comparing it with the machine's time since start, which
 * nobody sets. After a jump of more than half a window nobody is removed for one window: clients
 * that go on beating have new stamps by then, and a clock that was wrong for a moment has cost
 * nobody the last-seen time. For one thread.
 */
final class ClockGuard {

  private static final long NANOS_A_SECOND = 1_000_000_000;

  private final long windowSeconds;
  private boolean hasOffset;
  private long offsetSeconds;
  private boolean isHolding;
  private long heldSinceNanos;

  ClockGuard(long windowSeconds) {
    this.windowSeconds = windowSeconds;
  }

  /** Whether users may be removed at this second of the clock and this time of the machine. */
  boolean allows(long nowSeconds, long nanoTime) {
    long offset = nowSeconds - Math.floorDiv(nanoTime, NANOS_A_SECOND);
    if (hasOffset && offset - offsetSeconds > windowSeconds / 2) {
      isHolding = true;
      heldSinceNanos = nanoTime;
    }
    hasOffset = true;
    offsetSeconds = offset;
    if (isHolding && (nanoTime - heldSinceNanos) / NANOS_A_SECOND >= windowSeconds) {
      isHolding = false;
    }
    return !isHolding;
  }
}
