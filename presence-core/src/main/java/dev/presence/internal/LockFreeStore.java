package dev.presence.internal;

import java.lang.invoke.VarHandle;

/**
 * Reads, and heartbeats of users who are tracked, without a lock: straight on the memory of a
 * {@link ChronicleStore}, which does the rest.
 *
 * <p>Three things are done to that memory by others: insertions and removals, both under the lock
 * of the segment, and changes of a stamp, by compare-and-set. The argument, in four steps:
 *
 * <ol>
 *   <li><strong>An insertion publishes whole entries.</strong> Chronicle writes the entry and then,
 *       volatile, its slot; slots are loaded with acquire here, or with a fence behind them. An
 *       insertion moves nothing.
 *   <li><strong>A removal moves slots and frees an entry for another user</strong>, and the
 *       segment's version tells: the remover makes it odd, fence, removes, makes it even with
 *       release. A reader loads the version with acquire, searches, loads the stamp, fence, loads
 *       the version again. If it was even and is the same, no removal took place meanwhile: a hit
 *       was this user's entry when its stamp was loaded, and a miss was a true one. (Whoever reuses
 *       the entry takes the lock after the remover, so a reader who sees anything of the new user
 *       sees the new version too.) {@code removals} is the same for all segments at once: odd while
 *       any is removed from, so a batch that finds it even and unchanged needs no version.
 *   <li><strong>Whose stamp was loaded like that, and was not {@link Stamp#NONE}, keeps the entry
 *       until the call leaves.</strong> A user is removed only if the stamp has been NONE all the
 *       time since before the sweeper began to wait for the calls that were inside ({@link
 *       Sweeps}). The call was inside when the stamp was something else, so either the sweeper
 *       waits for it, or the stamp was NONE only before and is not what the removal finds.
 *       Therefore the entry can be compare-and-set to the end of the call without hitting another
 *       user: there is no ABA. Neither clocks nor stamps take part in this, so it holds for clocks
 *       that step back, for late stamps and for disconnects.
 *   <li><strong>A heartbeat is not lost to a removal.</strong> Both change the stamp by
 *       compare-and-set. If the heartbeat comes first, the sweeper's fails and it looks again: the
 *       user is young and stays. If the sweeper comes first, the heartbeat sees NONE and goes to
 *       the {@code ChronicleStore}: under the segment's lock it either still finds the entry and
 *       raises the stamp from NONE, which the removal, under the same lock, then leaves alone; or
 *       the entry is gone, and the user is inserted anew.
 * </ol>
 *
 * <p>An answer is what was true at the moment when the stamp was loaded, or for a miss at some
 * moment between the two loads of the version. NONE reads as not known, and is right: at that
 * moment the stamp had reached the retention and no heartbeat had come since.
 */
final class LockFreeStore implements StampStore {

  /** How often a search starts over beside removals before it takes the lock. */
  private static final int ATTEMPTS = 16;

  private final ChronicleStore locked;
  private final MapLayout layout;

  // Copied from the layout: searching reads each of them.
  private final int segments;
  private final int segmentBits;
  private final int keyMask;
  private final int keyBits;
  private final int slotMask;
  private final long firstSegment;
  private final long segmentStride;
  private final long entriesOffset;
  private final long firstVersion;
  private final long versionStride;

  /** Odd while somebody removes users, from whichever segment; see {@link #locate}. */
  private volatile int removals;

  private LockFreeStore(ChronicleStore locked, MapLayout layout) {
    this.locked = locked;
    this.layout = layout;
    this.segments = layout.segments();
    this.segmentBits = layout.segmentBits();
    this.keyMask = layout.keyMask();
    this.keyBits = layout.keyBits();
    this.slotMask = (layout.slots() - 1) * MapLayout.SLOT_BYTES;
    this.firstSegment = layout.firstSegment();
    this.segmentStride = layout.segmentStride();
    this.entriesOffset = layout.entriesOffset();
    this.firstVersion = layout.version(0);
    this.versionStride = layout.headerStride();
  }

  /** A lock-free store over this one, or this one itself if its memory is laid out otherwise. */
  static StampStore over(ChronicleStore locked) {
    MapLayout layout = locked.layout();
    if (!layout.isSupported()) {
      return locked;
    }
    LockFreeStore store = new LockFreeStore(locked, layout);
    if (!LayoutProbe.passes(store, locked)) {
      return locked;
    }
    locked.shareStamps();
    return store;
  }

  /** The address of a user's stamp, or 0 for a miss. Neither is sure beside a removal. */
  long find(long userId) {
    return find(userId, ChronicleStore.hash(userId));
  }

  private long find(long userId, long hash) {
    long segment = firstSegment + segmentOf(hash) * segmentStride;
    int key = keyOf(hash);
    return search(segment, key, key << 2 & slotMask, userId);
  }

  /** Whether nothing has been removed from a segment, as in a map that was just made. */
  boolean isAtRest(int segment) {
    return RawMemory.getInt(layout.version(segment)) == 0;
  }

  private int segmentOf(long hash) {
    return ((int) hash & Integer.MAX_VALUE) % segments;
  }

  /** The bits of the hash that a slot holds; zero would mean an empty slot. */
  private int keyOf(long hash) {
    int key = (int) (hash >>> segmentBits) & keyMask;
    return key == 0 ? keyMask : key;
  }

  /** Goes through the slots from an offset on. Ends because at least a fifth of them is empty. */
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

  private long entry(long segment, int slot) {
    return segment + entriesOffset + (long) (slot >>> keyBits) * MapLayout.ENTRY_BYTES;
  }

  @Override
  public int stampOf(long userId) {
    long hash = ChronicleStore.hash(userId);
    long version = version(hash);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int before = RawMemory.getIntAcquire(version); // pairs with the release in removeMarked
      if ((before & 1) == 0) {
        long address = find(userId, hash);
        int stamp = address == 0 ? Stamp.NONE : RawMemory.getInt(address);
        if (isStill(version, before)) {
          return stamp;
        }
      }
      Thread.onSpinWait();
    }
    return locked.stampOf(userId);
  }

  /** Whether nothing was removed since the version was loaded, as far as the loads before go. */
  private static boolean isStill(long version, int before) {
    VarHandle.acquireFence(); // those loads before this one; pairs with the fence in removeMarked
    return RawMemory.getInt(version) == before;
  }

  private long version(long hash) {
    return firstVersion + segmentOf(hash) * versionStride;
  }

  @Override
  public void stampsOf(Batch batch) {
    int unsure = locate(batch);
    for (int k = 0; k < unsure; k++) {
      int i = batch.rest[k];
      batch.stamps[i] = stampOf(batch.userIds[i]);
    }
  }

  /**
   * Finds the stamp of each user, and the address of each stamp that is not NONE, and lists in
   * {@link Batch#rest} those for whom removals got in the way. Mostly nobody removes anybody, from
   * any segment, and {@code removals} says so for all of them at once.
   *
   * @return how many are unsure; they read {@link Stamp#NONE}
   */
  private int locate(Batch batch) {
    int before = removals; // pairs with the write of the even number in removeMarked
    if ((before & 1) == 0) {
      find(batch);
      VarHandle.acquireFence(); // slots and stamps before; pairs with the fence in removeMarked
      if (removals == before) {
        return 0;
      }
    }
    return locateBesideRemovals(batch);
  }

  private int locateBesideRemovals(Batch batch) {
    int[] versions = batch.versions;
    for (int i = 0; i < batch.size; i++) {
      versions[i] = RawMemory.getInt(version(ChronicleStore.hash(batch.userIds[i])));
    }
    VarHandle.acquireFence(); // versions before slots; pairs with the release in removeMarked
    find(batch);
    VarHandle.acquireFence(); // stamps before versions; pairs with the fence in removeMarked
    int unsure = 0;
    for (int i = 0; i < batch.size; i++) {
      int before = versions[i];
      long version = version(ChronicleStore.hash(batch.userIds[i]));
      if ((before & 1) != 0 || RawMemory.getInt(version) != before) {
        batch.stamps[i] = Stamp.NONE;
        batch.rest[unsure++] = i;
      }
    }
    return unsure;
  }

  /**
   * Searches for everybody, in passes over the whole batch, each of which only computes or only
   * loads. A pass that loads is so short that a processor has dozens of cache misses under way at
   * once; with anything more in it there are fewer, and it takes up to twice as long (measured).
   */
  private void find(Batch batch) {
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
      long hash = ChronicleStore.hash(userIds[i]);
      long segment = firstSegment + segmentOf(hash) * segmentStride;
      int key = keyOf(hash);
      int slotOffset = key << 2 & slotMask;
      segments[i] = segment;
      keys[i] = key;
      addresses[i] = segment + slotOffset;
      nextAddresses[i] = segment + (slotOffset + MapLayout.SLOT_BYTES & slotMask);
    }
  }

  /** Two of each, because every third user or so is not in the first. */
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
      addresses[i] = entry == 0 ? segment : entry; // a load more is cheaper than a branch
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
      slot = RawMemory.getIntAcquire(segment + slotOffset); // mostly in the line that came before
    }
    return 0;
  }

  /** A stamp is loaded here, too, because one in eight entries lies across two cache lines. */
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
      } else { // another user, whose slot looks the same
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

  /**
   * The address of a user's stamp, which the user keeps until the call leaves the gate; or 0 where
   * that is not to be had: the user is not tracked, or is being removed, or others are and get in
   * the way. The {@code ChronicleStore} knows then.
   */
  private long pin(long userId) {
    long hash = ChronicleStore.hash(userId);
    long version = version(hash);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int before = RawMemory.getIntAcquire(version); // pairs with the release in removeMarked
      if ((before & 1) == 0) {
        long address = find(userId, hash);
        if (address == 0 || RawMemory.getIntVolatile(address) == Stamp.NONE) {
          return 0;
        }
        if (isStill(version, before)) {
          return address;
        }
      }
      Thread.onSpinWait();
    }
    return 0;
  }

  @Override
  public boolean raise(long userId, int stamp) {
    long address = pin(userId);
    return (address != 0 && StampCell.raiseTracked(address, stamp)) || locked.raise(userId, stamp);
  }

  @Override
  public int raiseTracked(Batch batch, int stamp) {
    locate(batch);
    int restCount = 0;
    for (int i = 0; i < batch.size; i++) {
      int stored = batch.stamps[i];
      if (stored == Stamp.NONE || !raise(batch.addresses[i], stored, stamp)) {
        batch.rest[restCount++] = i;
      }
    }
    return restCount;
  }

  private static boolean raise(long address, int stored, int stamp) {
    return Integer.compareUnsigned(stored, stamp) >= 0
        || RawMemory.compareAndSetInt(address, stored, stamp)
        || StampCell.raiseTracked(address, stamp);
  }

  @Override
  public void lower(long userId, int stamp) {
    long address = pin(userId);
    if (address == 0) {
      locked.lower(userId, stamp);
    } else {
      StampCell.lower(address, stamp);
    }
  }

  @Override
  public int younger(int segment, long now, long seconds, long[] userIds) {
    long version = layout.version(segment);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int before = RawMemory.getIntAcquire(version); // pairs with the release in removeMarked
      if ((before & 1) == 0) {
        int count = scanYounger(layout.segment(segment), now, seconds, userIds);
        if (isStill(version, before)) {
          return count;
        }
      }
      Thread.onSpinWait();
    }
    return locked.younger(segment, now, seconds, userIds);
  }

  private int scanYounger(long segment, long now, long seconds, long[] userIds) {
    int count = 0;
    for (int slotOffset = 0; slotOffset <= slotMask; slotOffset += MapLayout.SLOT_BYTES) {
      int slot = RawMemory.getIntAcquire(segment + slotOffset); // pairs with insertion
      if (slot != 0) {
        long entry = entry(segment, slot);
        if (Stamp.isYounger(RawMemory.getInt(entry + MapLayout.STAMP_OFFSET), now, seconds)) {
          if (userIds != null && count < userIds.length) { // it is, unless slots have moved
            userIds[count] = RawMemory.getLong(entry);
          }
          count++;
        }
      }
    }
    return count;
  }

  /**
   * Looks at every slot once. Slots that another removal moves meanwhile may be passed by, or seen
   * twice; whom that leaves out is left to the next pass.
   */
  @Override
  public int markOlder(int segment, long now, long seconds, long[] userIds) {
    long base = layout.segment(segment);
    int count = 0;
    for (int slotOffset = 0; slotOffset <= slotMask; slotOffset += MapLayout.SLOT_BYTES) {
      int slot = RawMemory.getIntAcquire(base + slotOffset); // pairs with insertion
      if (slot != 0 && count < userIds.length) {
        long entry = entry(base, slot);
        if (StampCell.markOlder(entry + MapLayout.STAMP_OFFSET, now, seconds)) {
          userIds[count++] = RawMemory.getLong(entry);
        }
      }
    }
    return count;
  }

  @Override
  public int removeMarked(long[] userIds, int count) {
    int even = removals; // only one removes at a time
    removals = even + 1;
    VarHandle.releaseFence(); // the odd number before the slots; pairs with locate
    try {
      int removed = 0;
      for (int i = 0; i < count; i++) {
        long userId = userIds[i];
        removed += locked.removeMarked(userId, version(ChronicleStore.hash(userId))) ? 1 : 0;
      }
      return removed;
    } finally {
      removals = even + 2; // the slots before the even number
    }
  }

  @Override
  public int segments() {
    return segments;
  }

  @Override
  public int largestSegment() {
    return locked.largestSegment();
  }

  @Override
  public long maxUsers() {
    return locked.maxUsers();
  }

  @Override
  public long trackedUsers() {
    return locked.trackedUsers();
  }

  @Override
  public long insertions() {
    return locked.insertions();
  }

  @Override
  public long offHeapBytes() {
    return locked.offHeapBytes();
  }

  @Override
  public boolean isLockFree() {
    return true;
  }

  @Override
  public void close() {
    locked.close();
  }
}
