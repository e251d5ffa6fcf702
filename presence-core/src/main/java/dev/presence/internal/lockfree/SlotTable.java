package dev.presence.internal.lockfree;

import dev.presence.internal.chronicle.MapLayout;
import dev.presence.internal.chronicle.UserHash;
import dev.presence.internal.store.Batch;
import dev.presence.internal.store.Stamp;
import java.lang.invoke.VarHandle;

/**
 * Finds users in the hash tables of a map's segments, straight in memory. While a removal moves
 * slots, a search may miss a user or find the entry of another one; {@link SegmentReader} notices.
 */
final class SlotTable {

  /** As many slots of a user as a batch reads at once; sixteen of seventeen users are in them. */
  private static final int WINDOW_BYTES = MapLayout.WINDOW_SLOTS * MapLayout.SLOT_BYTES;

  // Copied from the layout, because a search reads each of them.
  private final int segments;
  private final int segmentBits;
  private final int keyMask;
  private final int keyBits;
  private final int slotMask;
  private final int lastWindow;
  private final long firstSegment;
  private final long segmentStride;
  private final long entriesOffset;

  SlotTable(MapLayout layout) {
    this.segments = layout.segments();
    this.segmentBits = layout.segmentBits();
    this.keyMask = layout.keyMask();
    this.keyBits = layout.keyBits();
    this.slotMask = (layout.slots() - 1) * MapLayout.SLOT_BYTES;
    this.lastWindow = slotMask + MapLayout.SLOT_BYTES - WINDOW_BYTES;
    this.firstSegment = layout.firstSegment();
    this.segmentStride = layout.segmentStride();
    this.entriesOffset = layout.entriesOffset();
  }

  /** The segment of a user with this hash. */
  int segmentOf(long hash) {
    return ((int) hash & Integer.MAX_VALUE) % segments;
  }

  /** The bits of the hash that a slot holds; never zero, which means an empty slot. */
  private int keyOf(long hash) {
    int key = (int) (hash >>> segmentBits) & keyMask;
    return key == 0 ? keyMask : key;
  }

  /** The offset of the slot at which the search for a user with this hash begins. */
  int firstSlotOffset(long hash) {
    return keyOf(hash) << 2 & slotMask;
  }

  /** The offset of the slot at which the search for the user of a slot began. */
  int firstSlotOffset(int slot) {
    return (slot & keyMask) << 2 & slotMask;
  }

  int nextSlotOffset(int slotOffset) {
    return slotOffset + MapLayout.SLOT_BYTES & slotMask;
  }

  /** The slot that names an entry of a user with this hash. */
  int slot(long hash, int entryNumber) {
    return entryNumber << keyBits | keyOf(hash);
  }

  /** The number of the entry that a slot names. */
  int entryNumber(int slot) {
    return slot >>> keyBits;
  }

  /** Searches the slots from an offset on. Ends because at least a third of them is empty. */
  private long search(long segment, int key, int slotOffset, long userId) {
    int slot;
    while ((slot = RawMemory.getIntAcquire(segment + slotOffset)) != 0) { // pairs with insertion
      if ((slot & keyMask) == key) {
        long entry = entry(segment, slot);
        if (RawMemory.getLong(entry) == userId) {
          return entry + MapLayout.STAMP_OFFSET;
        }
      }
      slotOffset = slotOffset + MapLayout.SLOT_BYTES & slotMask;
    }
    return 0;
  }

  /** The entry that a slot names. */
  long entry(long segment, int slot) {
    return entryAt(segment, slot >>> keyBits);
  }

  /** The entry of this number. */
  long entryAt(long segment, int entryNumber) {
    return segment + entriesOffset + (long) entryNumber * MapLayout.ENTRY_BYTES;
  }

  /** The address of the stamp in the entry of this number. */
  long stampAt(long segment, int entryNumber) {
    return entryAt(segment, entryNumber) + MapLayout.STAMP_OFFSET;
  }

  /** The number of the entry whose stamp is at this address. */
  int entryNumberAt(long segment, long stampAddress) {
    return (int) (stampAddress - MapLayout.STAMP_OFFSET - segment - entriesOffset)
        / MapLayout.ENTRY_BYTES;
  }

  /**
   * The address of a user's stamp, or 0 for a miss. Five of six users are in their first two slots:
   * so it chooses between these without a branch, which a processor would often predict wrongly.
   */
  long find(long userId, long hash) {
    long segment = firstSegment + segmentOf(hash) * segmentStride;
    int key = keyOf(hash);
    int slotOffset = key << 2 & slotMask;
    if (slotOffset != slotMask) { // so the second is the next in memory
      int slot = RawMemory.getInt(segment + slotOffset);
      int match = RawMemory.getInt(segment + slotOffset + MapLayout.SLOT_BYTES);
      VarHandle.acquireFence(); // slots before the entry; pairs with insertion
      match ^= (match ^ slot) & onesIfMatch(slot, key);
      if ((match & keyMask) == key) {
        long entry = entry(segment, match);
        if (RawMemory.getLong(entry) == userId) {
          return entry + MapLayout.STAMP_OFFSET;
        }
      }
    }
    return search(segment, key, slotOffset, userId);
  }

  /** All bits set if the slot has this key, else none. */
  private int onesIfMatch(int slot, int key) {
    return (((slot ^ key) & keyMask) - 1) >> (Integer.SIZE - 1);
  }

  /**
   * Finds the stamp of each user of a batch, {@link Stamp#NONE} for a miss, and where it is.
   * Searches in passes over the whole batch, each of which only computes or only reads memory. A
   * pass that reads is so short that a processor has dozens of cache misses under way at once; with
   * more in it there are fewer, and the search takes up to twice as long (measured).
   */
  void find(Batch batch) {
    hash(batch);
    computeWindows(batch);
    loadSlots(batch);
    VarHandle.acquireFence(); // slots before entries; pairs with insertion
    chooseEntries(batch);
    loadEntries(batch);
    takeStamps(batch);
  }

  /** A loop of its own, which a compiler can do for several users at once. */
  private static void hash(Batch batch) {
    int size = batch.size;
    long[] userIds = batch.userIds;
    long[] hashes = batch.hashes;
    for (int i = 0; i < size; i++) {
      hashes[i] = UserHash.of(userIds[i]);
    }
  }

  /**
   * A window begins with the slot at which the search does. At the end of the slots it begins
   * before, which adds none that could match: users with the same key have the same first slot.
   */
  private void computeWindows(Batch batch) {
    int size = batch.size;
    long[] hashes = batch.hashes;
    long[] segments = batch.segments;
    int[] keys = batch.keys;
    long[] addresses = batch.addresses;
    for (int i = 0; i < size; i++) {
      long hash = hashes[i];
      long segment = firstSegment + segmentOf(hash) * segmentStride;
      int key = keyOf(hash);
      segments[i] = segment;
      keys[i] = key;
      addresses[i] = segment + Math.min(key << 2 & slotMask, lastWindow);
    }
  }

  /** Two slots with each load. */
  private static void loadSlots(Batch batch) {
    int size = batch.size;
    long[] addresses = batch.addresses;
    long[] slots = batch.slots;
    long[] nextSlots = batch.nextSlots;
    for (int i = 0; i < size; i++) {
      slots[i] = RawMemory.getLong(addresses[i]);
      nextSlots[i] = RawMemory.getLong(addresses[i] + Long.BYTES);
    }
  }

  /**
   * The first entry of the window whose slot has the right key; without one, the address of the
   * segment: another read is cheaper than a branch.
   */
  private void chooseEntries(Batch batch) {
    int size = batch.size;
    long[] segments = batch.segments;
    int[] keys = batch.keys;
    long[] slots = batch.slots;
    long[] nextSlots = batch.nextSlots;
    long[] addresses = batch.addresses;
    for (int i = 0; i < size; i++) {
      int key = keys[i];
      int slot = (int) slots[i];
      int second = (int) (slots[i] >>> Integer.SIZE);
      int third = (int) nextSlots[i];
      int match = (int) (nextSlots[i] >>> Integer.SIZE);
      match ^= (match ^ third) & onesIfMatch(third, key);
      match ^= (match ^ second) & onesIfMatch(second, key);
      match ^= (match ^ slot) & onesIfMatch(slot, key);
      addresses[i] = segments[i] + (entry(0, match) & (long) onesIfMatch(match, key));
    }
  }

  /** Reads the stamp, too, because one in eight entries spans two cache lines. */
  private static void loadEntries(Batch batch) {
    int size = batch.size;
    long[] foundIds = batch.foundIds;
    long[] addresses = batch.addresses;
    int[] stamps = batch.stamps;
    for (int i = 0; i < size; i++) {
      foundIds[i] = RawMemory.getLong(addresses[i]);
      stamps[i] = RawMemory.getInt(addresses[i] + MapLayout.STAMP_OFFSET);
    }
  }

  private void takeStamps(Batch batch) {
    int size = batch.size;
    long[] segments = batch.segments;
    long[] foundIds = batch.foundIds;
    long[] userIds = batch.userIds;
    long[] addresses = batch.addresses;
    for (int i = 0; i < size; i++) {
      if (foundIds[i] == userIds[i] && addresses[i] != segments[i]) {
        addresses[i] += MapLayout.STAMP_OFFSET;
      } else { // not in the window, or behind another user with the same key
        takeStampOf(batch, i);
      }
    }
  }

  private void takeStampOf(Batch batch, int i) {
    int key = batch.keys[i];
    long address = search(batch.segments[i], key, key << 2 & slotMask, batch.userIds[i]);
    batch.addresses[i] = address;
    batch.stamps[i] = address == 0 ? Stamp.NONE : RawMemory.getInt(address);
  }
}
