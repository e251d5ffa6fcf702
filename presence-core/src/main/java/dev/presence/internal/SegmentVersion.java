package dev.presence.internal;

import java.lang.invoke.VarHandle;

/**
 * The version of a segment, at an address: odd while slots move. Both sides of it stand here, since
 * each fence pairs with one of the other side. {@link LockFreeStore} says what it is for.
 */
final class SegmentVersion {

  private SegmentVersion() {}

  /**
   * Begins a removal. Only under the lock of the segment. Sets the parity instead of flipping it,
   * so that a removal that an Error ended between the two steps cannot turn the meaning round.
   */
  static void makeOdd(long version) {
    RawMemory.putInt(version, RawMemory.getInt(version) | 1);
    VarHandle.releaseFence(); // before the slots; pairs with the fence in isStill
  }

  /** Ends a removal. */
  static void makeEven(long version) {
    RawMemory.putIntRelease(version, (RawMemory.getInt(version) | 1) + 1); // pairs with before
  }

  /** What is to be given to {@link #isStill} after the search. */
  static int before(long version) {
    return RawMemory.getIntAcquire(version); // pairs with makeEven
  }

  /** Whether no slot has moved since {@link #before}, as far as the loads before this one go. */
  static boolean isStill(long version, int before) {
    VarHandle.acquireFence(); // those loads before this one; pairs with the fence in makeOdd
    return isEven(before) && RawMemory.getInt(version) == before;
  }

  static boolean isEven(int version) {
    return (version & 1) == 0;
  }
}
