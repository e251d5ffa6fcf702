package dev.presence.internal;

import java.lang.invoke.VarHandle;

/**
 * Reads segments without a lock, beside insertions and removals, and tells when a removal has got
 * in the way. Both sides of what a removal tells its readers stand here and in {@link
 * SegmentVersion}; {@link LockFreeStore} has the argument. Every method is called inside the gate.
 */
final class SegmentReader {

  /** Stands for "a removal got in the way"; no stamp, count or address is that. */
  static final int UNSURE = -1;

  /** How often a search starts over beside removals before it gives up. */
  private static final int ATTEMPTS = 16;

  private final MapLayout layout;
  private final SlotTable table;
  private final long firstVersion;
  private final long versionStride;

  /**
   * Odd while somebody removes users, from whichever segment; see {@link #locate}. It knows this
   * process alone, as the gate does: a file shared by several would have to hold it.
   */
  private volatile int removals;

  SegmentReader(MapLayout layout, SlotTable table) {
    this.layout = layout;
    this.table = table;
    this.firstVersion = layout.version(0);
    this.versionStride = layout.headerStride();
  }

  /** Whether nothing has been removed from a segment, as in a map that was just made. */
  boolean isAtRest(int segment) {
    return RawMemory.getInt(layout.version(segment)) == 0;
  }

  /** Begins removals. By one thread at a time. */
  void beginRemovals() {
    removals = removals | 1;
    VarHandle.releaseFence(); // the odd number before the slots; pairs with locate
  }

  /** Ends removals. Sets the parity, as {@link SegmentVersion} does. */
  void endRemovals() {
    removals = (removals | 1) + 1; // the slots before the even number
  }

  private long version(long hash) {
    return firstVersion + table.segmentOf(hash) * versionStride;
  }

  /** The stamp of a user as an unsigned number, or {@link #UNSURE}. */
  long stampOf(long userId, long hash) {
    long version = version(hash);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int before = SegmentVersion.before(version);
      long address = table.find(userId, hash);
      int stamp = address == 0 ? Stamp.NONE : RawMemory.getInt(address);
      if (SegmentVersion.isStill(version, before)) {
        return Integer.toUnsignedLong(stamp);
      }
      Thread.onSpinWait();
    }
    return UNSURE;
  }

  /**
   * Finds the stamp of each user, and the address of each stamp that is not NONE, and lists in
   * {@link Batch#rest} those for whom removals got in the way. Mostly nobody removes anybody, from
   * any segment, and {@code removals} says so for all of them at once.
   *
   * @return how many are unsure; they read {@link Stamp#NONE}
   */
  int locate(Batch batch) {
    int before = removals; // pairs with endRemovals
    if ((before & 1) == 0) {
      table.find(batch);
      VarHandle.acquireFence(); // slots and stamps before; pairs with the fence in beginRemovals
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
   * the way. Under the lock of the segment one can know.
   */
  long pin(long userId, long hash) {
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

  /** As {@link StampStore#younger}, or {@link #UNSURE}. */
  int younger(int segment, long nowSeconds, long ageSeconds, long[] userIds) {
    long version = layout.version(segment);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int before = SegmentVersion.before(version);
      int count = youngerUnderLock(segment, nowSeconds, ageSeconds, userIds);
      if (SegmentVersion.isStill(version, before)) {
        return count;
      }
      Thread.onSpinWait();
    }
    return UNSURE;
  }

  /** As {@link StampStore#younger}, where nobody removes users from the segment. */
  int youngerUnderLock(int segment, long nowSeconds, long ageSeconds, long[] userIds) {
    long base = layout.segment(segment);
    int count = 0;
    int tableBytes = layout.slots() * MapLayout.SLOT_BYTES;
    for (int slotOffset = 0; slotOffset < tableBytes; slotOffset += MapLayout.SLOT_BYTES) {
      int slot = RawMemory.getIntAcquire(base + slotOffset); // pairs with insertion
      if (slot != 0) {
        long entry = table.entry(base, slot);
        int stamp = RawMemory.getInt(entry + MapLayout.STAMP_OFFSET);
        if (Stamp.isYounger(stamp, nowSeconds, ageSeconds)) {
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
   * Marks whom the task names. Looks at every slot once; nobody may move them, so only one thread
   * marks and removes.
   *
   * @return how many are marked
   */
  int mark(int segment, SweepTask task) {
    long base = layout.segment(segment);
    int count = 0;
    int tableBytes = layout.slots() * MapLayout.SLOT_BYTES;
    for (int slotOffset = 0; slotOffset < tableBytes; slotOffset += MapLayout.SLOT_BYTES) {
      int slot = RawMemory.getIntAcquire(base + slotOffset); // pairs with insertion
      if (slot != 0) {
        long entry = table.entry(base, slot);
        int kept = StampCell.markOlder(entry + MapLayout.STAMP_OFFSET, task);
        long userId = RawMemory.getLong(entry);
        if (kept == Stamp.NONE) {
          task.userIds[count++] = userId;
        } else {
          task.kept(userId, kept);
        }
      }
    }
    return count;
  }
}
