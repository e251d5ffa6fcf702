package dev.presence.internal.lockfree;

import java.lang.invoke.VarHandle;

/**
 * The version of a segment, at an address: odd while slots move. The writer's side and the reader's
 * stand together here, because each fence of one pairs with a fence of the other. {@link
 * LockFreeStore} says what the version is for.
 */
final class SegmentVersion {

  private SegmentVersion() {}

  /**
   * Begins a removal. Only under the lock of the segment. Sets the parity instead of flipping it,
   * so that an Error between the two steps cannot reverse its meaning.
   */
  static void makeOdd(long version) {
    RawMemory.putInt(version, RawMemory.getInt(version) | 1);
    VarHandle.releaseFence(); // before the slots; pairs with the fence in isStill
  }

  /** Ends a removal. */
  static void makeEven(long version) {
    RawMemory.putIntRelease(version, (RawMemory.getInt(version) | 1) + 1); // pairs with before
  }

  /** The version before a search, for {@link #isStill} after it. */
  static int before(long version) {
    return RawMemory.getIntAcquire(version); // pairs with makeEven
  }

  /** Whether no slot has moved between {@link #before} and the reads that precede this one. */
  static boolean isStill(long version, int before) {
    VarHandle.acquireFence(); // those reads before this one; pairs with the fence in makeOdd
    return isEven(before) && RawMemory.getInt(version) == before;
  }

  static boolean isEven(int version) {
    return (version & 1) == 0;
  }
}
