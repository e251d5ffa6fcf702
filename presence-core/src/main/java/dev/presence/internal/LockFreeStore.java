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

  private final SlotTable table;
  private final long firstVersion;
  private final long versionStride;

  /**
   * Odd while somebody removes users, from whichever segment; see {@link #locate}. It knows this
   * process alone, as the gate does: a file shared by several would have to hold it.
   */
  private volatile int removals;

  private LockFreeStore(ChronicleStore locked, MapLayout layout) {
    this.locked = locked;
    this.layout = layout;
    this.table = new SlotTable(layout);
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
    return table.find(userId, ChronicleStore.hash(userId));
  }

  /** Whether nothing has been removed from a segment, as in a map that was just made. */
  boolean isAtRest(int segment) {
    return RawMemory.getInt(layout.version(segment)) == 0;
  }

  @Override
  public int stampOf(long userId) {
    long hash = ChronicleStore.hash(userId);
    long version = version(hash);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int before = SegmentVersion.before(version);
      long address = table.find(userId, hash);
      int stamp = address == 0 ? Stamp.NONE : RawMemory.getInt(address);
      if (SegmentVersion.isStill(version, before)) {
        return stamp;
      }
      Thread.onSpinWait();
    }
    return locked.stampOf(userId);
  }

  private long version(long hash) {
    return firstVersion + table.segmentOf(hash) * versionStride;
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
      table.find(batch);
      VarHandle.acquireFence(); // slots and stamps before; pairs with the fence in removeMarked
      if (removals == before) {
        return 0;
      }
    }
    return locateBesideRemovals(batch);
  }

  private int locateBesideRemovals(Batch batch) {
    for (int i = 0; i < batch.size; i++) {
      batch.versions[i] = SegmentVersion.before(version(ChronicleStore.hash(batch.userIds[i])));
    }
    table.find(batch);
    int unsure = 0;
    for (int i = 0; i < batch.size; i++) {
      long version = version(ChronicleStore.hash(batch.userIds[i]));
      if (!SegmentVersion.isStill(version, batch.versions[i])) {
        batch.stamps[i] = Stamp.NONE;
        batch.rest[unsure++] = i;
      }
    }
    return unsure;
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
      int before = SegmentVersion.before(version);
      long address = table.find(userId, hash);
      if (address == 0 || RawMemory.getIntVolatile(address) == Stamp.NONE) {
        return 0;
      }
      if (SegmentVersion.isStill(version, before)) {
        return address;
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
      int before = SegmentVersion.before(version);
      int count = scanYounger(layout.segment(segment), now, seconds, userIds);
      if (SegmentVersion.isStill(version, before)) {
        return count;
      }
      Thread.onSpinWait();
    }
    return locked.younger(segment, now, seconds, userIds);
  }

  private int scanYounger(long segment, long now, long seconds, long[] userIds) {
    int count = 0;
    int tableBytes = layout.slots() * MapLayout.SLOT_BYTES;
    for (int slotOffset = 0; slotOffset < tableBytes; slotOffset += MapLayout.SLOT_BYTES) {
      int slot = RawMemory.getIntAcquire(segment + slotOffset); // pairs with insertion
      if (slot != 0) {
        long entry = table.entry(segment, slot);
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
    int tableBytes = layout.slots() * MapLayout.SLOT_BYTES;
    for (int slotOffset = 0; slotOffset < tableBytes; slotOffset += MapLayout.SLOT_BYTES) {
      int slot = RawMemory.getIntAcquire(base + slotOffset); // pairs with insertion
      if (slot != 0 && count < userIds.length) {
        long entry = table.entry(base, slot);
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
    return layout.segments();
  }

  @Override
  public int largestSegment() {
    return locked.largestSegment();
  }

  @Override
  public UserCount users() {
    return locked.users();
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
