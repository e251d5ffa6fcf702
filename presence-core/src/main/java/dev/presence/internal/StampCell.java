package dev.presence.internal;

/**
 * Changes the stamp at an address, beside any number of others who do the same. {@link Stamp#NONE}
 * there means that the user is being removed.
 */
final class StampCell {

  private StampCell() {}

  /**
   * Raises the stamp unless it is later already.
   *
   * @return false if the user is being removed; nothing is changed then
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
   * Marks the user as being removed if the task says so.
   *
   * @return the stamp that the user keeps; {@link Stamp#NONE} if the user is being removed, by this
   *     call or another
   */
  static int markOlder(long address, SweepTask task) {
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
