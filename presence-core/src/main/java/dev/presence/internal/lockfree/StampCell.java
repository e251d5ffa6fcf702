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
   * Raises the stamp unless it is later already, or not above a limit.
   *
   * @return the stamp so far; if it is not above the limit, nothing changes
   */
  static int raiseAbove(int limit, long address, int stamp) {
    while (true) {
      int stored = RawMemory.getIntVolatile(address);
      if (Integer.compareUnsigned(stored, limit) <= 0
          || Integer.compareUnsigned(stored, stamp) >= 0
          || RawMemory.compareAndSetInt(address, stored, stamp)) {
        return stored;
      }
    }
  }

  /** Lowers the stamp unless it is earlier already, or above a limit; returns what it was. */
  static int lower(long address, int stamp, int limit) {
    int stored;
    do {
      stored = RawMemory.getIntVolatile(address);
    } while (Integer.compareUnsigned(stored, stamp) > 0
        && Integer.compareUnsigned(stored, limit) <= 0
        && !RawMemory.compareAndSetInt(address, stored, stamp));
    return stored;
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

  /** The stamp that {@link #mark} would let the user keep, or {@link Stamp#NONE}. */
  static int kept(long address, SweepTask task) {
    int stored = RawMemory.getIntVolatile(address);
    return task.removes(stored) ? Stamp.NONE : stored;
  }
}
