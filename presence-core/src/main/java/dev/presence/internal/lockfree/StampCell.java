package dev.presence.internal.lockfree;

import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.SweepTask;

/**
 * Changes the stamp at an address, while any number of threads do the same. {@link Stamp#NONE}
 * there means that the user is being removed.
 */
final class StampCell {

  private StampCell() {}

  /**
   * Raises the stamp unless it is later already.
   *
   * @return false if the user is being removed; then nothing changes
   */
  static boolean raiseTracked(long address, int stamp) {
    while (true) {
      int stored = RawMemory.getIntVolatile(address);
      if (stored == Stamp.NONE) {
        return false;
      }
      if (Integer.compareUnsigned(stored, stamp) >= 0
          || RawMemory.compareAndSetInt(address, stored, stamp)) {
        return true;
      }
    }
  }

  /** Raises the stamp unless it is later already; brings back a user who is being removed. */
  static void raise(long address, int stamp) {
    int stored;
    do {
      stored = RawMemory.getIntVolatile(address);
    } while (Integer.compareUnsigned(stored, stamp) < 0
        && !RawMemory.compareAndSetInt(address, stored, stamp));
  }

  /** Lowers the stamp unless it is earlier already. */
  static void lower(long address, int stamp) {
    int stored;
    do {
      stored = RawMemory.getIntVolatile(address);
    } while (Integer.compareUnsigned(stored, stamp) > 0
        && !RawMemory.compareAndSetInt(address, stored, stamp));
  }

  /**
   * Marks the user as being removed if the task removes the stamp.
   *
   * @return the stamp that the user keeps, or {@link Stamp#NONE} if this call or another has marked
   *     the user
   */
  static int mark(long address, SweepTask task) {
    while (true) {
      int stored = RawMemory.getIntVolatile(address);
      if (!task.removes(stored)) {
        return stored;
      }
      if (stored == Stamp.NONE || RawMemory.compareAndSetInt(address, stored, Stamp.NONE)) {
        return Stamp.NONE;
      }
    }
  }
}
