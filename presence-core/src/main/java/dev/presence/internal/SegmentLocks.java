package dev.presence.internal;

/** The locks of all segments, each of which belongs to several of them. */
final class SegmentLocks {

  private static final int MOST = 256;

  private final SegmentLock[] locks = new SegmentLock[Math.min(4 * Stripes.perProcessor(), MOST)];

  SegmentLocks() {
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new SegmentLock();
    }
  }

  SegmentLock of(int segment) {
    return locks[segment & (locks.length - 1)];
  }
}
