package dev.presence.internal.lockfree;

import dev.presence.internal.chronicle.MapLayout;
import dev.presence.internal.chronicle.UserHash;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.UserCount;

/**
 * Inserts users into the segments of a map and removes them, straight in memory. It leaves
 * everything as Chronicle Map would, which could go on from there. An entry that is not in use has
 * the stamp NONE. Call every method under the {@link SegmentLock} of the segment.
 *
 * <p><strong>If an Error ends an insertion half-way</strong> (at the end of the caller's stack),
 * the next call under the same lock undoes it. An insertion consists of single steps, each of which
 * takes effect or does not; the last one, the write of the slot, makes the user visible. What it
 * takes to undo the others is noted before the first of them, in assignments that need no stack,
 * and undoing can itself be repeated.
 */
final class SegmentEditor {

  private final MapLayout layout;
  private final SlotTable table;
  private final UserCount users;

  SegmentEditor(MapLayout layout, SlotTable table, UserCount users) {
    this.layout = layout;
    this.table = table;
    this.users = users;
  }

  /**
   * Inserts a user who is not in the segment.
   *
   * @return false if there is no room, in the segment or at all
   */
  boolean insert(SegmentLock lock, long hash, long userId, int stamp) {
    int segment = table.segmentOf(hash);
    long base = layout.segment(segment);
    int entryCount = RawMemory.getInt(layout.entryCount(segment));
    int entryNumber = firstFree(base, RawMemory.getInt(layout.lowestFree(segment)));
    if (entryCount >= layout.capacity() || entryNumber >= layout.capacity()) {
      return false;
    }
    int slotOffset = table.firstSlotOffset(hash);
    while (RawMemory.getInt(base + slotOffset) != 0) {
      slotOffset = table.nextSlotOffset(slotOffset);
    }
    int slot = table.slot(hash, entryNumber);
    long entry = table.entryAt(base, entryNumber);
    if (!users.reserveOne(stamp)) {
      return false;
    }
    lock.segment = segment; // no call between the reservation and the last assignment
    lock.entryNumber = entryNumber;
    lock.entryCount = entryCount;
    lock.isInserting = true;
    RawMemory.putLong(entry, userId);
    RawMemory.putInt(entry + MapLayout.STAMP_OFFSET, stamp);
    flipBit(base, entryNumber);
    RawMemory.putInt(layout.entryCount(segment), entryCount + 1);
    RawMemory.putInt(layout.lowestFree(segment), entryNumber + 1);
    RawMemory.putIntRelease(base + slotOffset, slot); // pairs with the reads of slots
    lock.isInserting = false;
    return true;
  }

  /** Undoes the insertion that an Error ended half-way, if there is one. */
  void undoInsertion(SegmentLock lock) {
    if (!lock.isInserting) {
      return;
    }
    long base = layout.segment(lock.segment);
    RawMemory.putInt(table.stampAt(base, lock.entryNumber), Stamp.NONE);
    if (isInUse(base, lock.entryNumber)) {
      flipBit(base, lock.entryNumber);
    }
    RawMemory.putInt(layout.entryCount(lock.segment), lock.entryCount);
    free(layout.lowestFree(lock.segment), lock.entryNumber);
    users.removed();
    lock.isInserting = false;
  }

  /**
   * Removes a user whose stamp is {@link Stamp#NONE}.
   *
   * @return false if the user is unknown or has another stamp
   */
  boolean removeMarked(long userId) {
    long hash = UserHash.of(userId);
    int segment = table.segmentOf(hash);
    long base = layout.segment(segment);
    int slotOffset = slotOffsetOf(base, hash, userId);
    if (slotOffset < 0) {
      return false;
    }
    int slot = RawMemory.getInt(base + slotOffset);
    if (RawMemory.getIntVolatile(table.entry(base, slot) + MapLayout.STAMP_OFFSET) != Stamp.NONE) {
      return false;
    }
    long version = layout.version(segment);
    SegmentVersion.makeOdd(version);
    try {
      clearSlot(base, slotOffset);
    } finally {
      SegmentVersion.makeEven(version);
    }
    int entryNumber = table.entryNumber(slot);
    flipBit(base, entryNumber);
    long entryCount = layout.entryCount(segment);
    RawMemory.putInt(entryCount, RawMemory.getInt(entryCount) - 1);
    free(layout.lowestFree(segment), entryNumber);
    users.removed();
    return true;
  }

  private static void free(long lowestFree, int entryNumber) {
    RawMemory.putInt(lowestFree, Math.min(RawMemory.getInt(lowestFree), entryNumber));
  }

  /** The offset of the slot that names a user's entry, or -1. */
  private int slotOffsetOf(long base, long hash, long userId) {
    int slotOffset = table.firstSlotOffset(hash);
    int slot;
    while ((slot = RawMemory.getInt(base + slotOffset)) != 0) {
      if (RawMemory.getLong(table.entry(base, slot)) == userId) {
        return slotOffset;
      }
      slotOffset = table.nextSlotOffset(slotOffset);
    }
    return -1;
  }

  /**
   * Empties a slot. A search ends at an empty slot, so each later slot of the row whose search
   * begins at the gap or before it moves into the gap.
   */
  private void clearSlot(long base, int slotOffset) {
    int gap = slotOffset;
    int offset = table.nextSlotOffset(gap);
    int slot;
    while ((slot = RawMemory.getInt(base + offset)) != 0) {
      int first = table.firstSlotOffset(slot);
      boolean beginsBehindTheGap =
          gap < offset ? first > gap && first <= offset : first > gap || first <= offset;
      if (!beginsBehindTheGap) {
        RawMemory.putInt(base + gap, slot);
        gap = offset;
      }
      offset = table.nextSlotOffset(offset);
    }
    RawMemory.putInt(base + gap, 0);
  }

  /** The first free entry from this one on; at least the capacity if there is none. */
  private int firstFree(long base, int from) {
    int word = from >>> 6;
    int words = (layout.capacity() + 63) >>> 6;
    long used = word < words ? bits(base, word) | ((1L << from) - 1) : -1;
    while (used == -1 && ++word < words) {
      used = bits(base, word);
    }
    return (word << 6) + Long.numberOfTrailingZeros(~used);
  }

  /** Which of 64 entries are in use, a bit for each. */
  long entriesInUse(long base, int block) {
    return bits(base, block);
  }

  /**
   * Raises the stamp of a user unless it is later already, also one who is being removed. Removals
   * see that by {@link SegmentLock#revivals}.
   *
   * @return the stamp so far
   */
  int raise(SegmentLock lock, long address, int stamp) {
    int stored;
    do {
      stored = RawMemory.getIntVolatile(address);
      if (stored == Stamp.NONE) {
        users.came(stamp);
        lock.revivals++; // before the stamp is raised
      }
    } while (Integer.compareUnsigned(stored, stamp) < 0
        && !RawMemory.compareAndSetInt(address, stored, stamp));
    return stored;
  }

  private boolean isInUse(long base, int entryNumber) {
    return (bits(base, entryNumber >>> 6) >>> entryNumber & 1) != 0;
  }

  private void flipBit(long base, int entryNumber) {
    int word = entryNumber >>> 6;
    RawMemory.putLong(bitsAddress(base, word), bits(base, word) ^ 1L << entryNumber);
  }

  private long bits(long base, int word) {
    return RawMemory.getLong(bitsAddress(base, word));
  }

  private long bitsAddress(long base, int word) {
    return base + layout.bitsOffset() + (long) word * Long.BYTES;
  }
}
