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

  // Copied from the layout, because a search reads each of them.
  private final int segments;
  private final int segmentBits;
  private final int keyMask;
  private final int keyBits;
  private final int slotMask;
  private final long firstSegment;
  private final long segmentStride;
  private final long entriesOffset;

  SlotTable(MapLayout layout) {
    this.segments = layout.segments();
    this.segmentBits = layout.segmentBits();
    this.keyMask = layout.keyMask();
    this.keyBits = layout.keyBits();
    this.slotMask = (layout.slots() - 1) * MapLayout.SLOT_BYTES;
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

  /** The address of a user's stamp, or 0 for a miss. */
  long find(long userId, long hash) {
    long segment = firstSegment + segmentOf(hash) * segmentStride;
    int key = keyOf(hash);
    return search(segment, key, key << 2 & slotMask, userId);
  }

  /**
   * Finds the stamp of each user of a batch, {@link Stamp#NONE} for a miss, and where it is.
   * Searches in passes over the whole batch, each of which only computes or only reads memory. A
   * pass that reads is so short that a processor has dozens of cache misses under way at once; with
   * more in it there are fewer, and the search takes up to twice as long (measured).
   */
  void find(Batch batch) {
    computeSlots(batch);
    loadSlots(batch);
    VarHandle.acquireFence(); // slots before entries; pairs with insertion
    chooseEntries(batch);
    loadEntries(batch);
    takeStamps(batch);
  }

  private void computeSlots(Batch batch) {
    int size = batch.size;
    long[] userIds = batch.userIds;
    long[] segments = batch.segments;
    int[] keys = batch.keys;
    long[] addresses = batch.addresses;
    long[] nextAddresses = batch.nextAddresses;
    for (int i = 0; i < size; i++) {
      long hash = UserHash.of(userIds[i]);
      long segment = firstSegment + segmentOf(hash) * segmentStride;
      int key = keyOf(hash);
      int slotOffset = key << 2 & slotMask;
      segments[i] = segment;
      keys[i] = key;
      addresses[i] = segment + slotOffset;
      nextAddresses[i] = segment + (slotOffset + MapLayout.SLOT_BYTES & slotMask);
    }
  }

  /** Two slots a user, because about every third user is not in the first. */
  private static void loadSlots(Batch batch) {
    int size = batch.size;
    int[] slots = batch.slots;
    long[] addresses = batch.addresses;
    int[] nextSlots = batch.nextSlots;
    long[] nextAddresses = batch.nextAddresses;
    for (int i = 0; i < size; i++) {
      slots[i] = RawMemory.getInt(addresses[i]);
      nextSlots[i] = RawMemory.getInt(nextAddresses[i]);
    }
  }

  private void chooseEntries(Batch batch) {
    int size = batch.size;
    long[] segments = batch.segments;
    int[] keys = batch.keys;
    int[] slots = batch.slots;
    int[] nextSlots = batch.nextSlots;
    long[] entries = batch.entries;
    long[] addresses = batch.addresses;
    for (int i = 0; i < size; i++) {
      long segment = segments[i];
      long entry = candidate(segment, keys[i], slots[i], nextSlots[i]);
      entries[i] = entry;
      addresses[i] = entry == 0 ? segment : entry; // another read is cheaper than a branch
    }
  }

  /**
   * The first entry whose slot has the right key, given the first two slots; 0 if there is none.
   */
  private long candidate(long segment, int key, int slot, int nextSlot) {
    int match = (slot & keyMask) == key ? slot : nextSlot;
    if (slot != 0 && (match & keyMask) == key) {
      return entry(segment, match);
    }
    int slotOffset = key << 2 & slotMask;
    while (slot != 0) {
      if ((slot & keyMask) == key) {
        return entry(segment, slot);
      }
      slotOffset = slotOffset + MapLayout.SLOT_BYTES & slotMask;
      slot = RawMemory.getIntAcquire(segment + slotOffset); // mostly in a cache line already read
    }
    return 0;
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
    long[] entries = batch.entries;
    int[] stamps = batch.stamps;
    long[] foundIds = batch.foundIds;
    long[] userIds = batch.userIds;
    long[] addresses = batch.addresses;
    for (int i = 0; i < size; i++) {
      long entry = entries[i];
      if (entry == 0) {
        stamps[i] = Stamp.NONE;
      } else if (foundIds[i] == userIds[i]) {
        addresses[i] = entry + MapLayout.STAMP_OFFSET;
      } else { // the entry of another user with the same bits in its slot
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
