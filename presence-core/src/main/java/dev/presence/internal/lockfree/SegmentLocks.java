package dev.presence.internal.lockfree;

import dev.presence.internal.concurrent.Stripes;

/** The locks of all segments; several segments share one. */
final class SegmentLocks {

  private static final int MOST = 256;

  /** How many locks there are, a power of two. As many segments of low numbers have one each. */
  static final int COUNT = Math.min(4 * Stripes.perProcessor(), MOST);

  private final SegmentLock[] locks = new SegmentLock[COUNT];

  SegmentLocks() {
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new SegmentLock();
    }
  }

  SegmentLock of(int segment) {
    return locks[segment & (locks.length - 1)];
  }
}
