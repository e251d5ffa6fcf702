package dev.presence.internal.lockfree;

import dev.presence.internal.chronicle.MapLayout;
import dev.presence.internal.chronicle.UserHash;
import dev.presence.internal.store.Batch;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.SweepTask;
import java.lang.invoke.VarHandle;

/**
 * Reads segments without a lock, while others insert and remove users, and tells when a removal has
 * got in the way. What a removal tells its readers, and how they see it, stands here and in {@link
 * SegmentVersion}; {@link LockFreeStore} has the argument. Call every method inside the gate.
 */
final class SegmentReader {

  /** The answer when a removal got in the way. No stamp, count or address has this value. */
  static final int UNSURE = -1;

  /** How often a search that removals disturb starts over before it gives up. */
  private static final int ATTEMPTS = 16;

  private final MapLayout layout;
  private final SlotTable table;
  private final long firstVersion;
  private final long versionStride;

  /**
   * Odd while a thread removes users, from whichever segment; see {@link #locate}. Like the gate,
   * it covers this process alone; a map shared by several processes would have to hold it.
   */
  private volatile int removals;

  SegmentReader(MapLayout layout, SlotTable table) {
    this.layout = layout;
    this.table = table;
    this.firstVersion = layout.version(0);
    this.versionStride = layout.headerStride();
  }

  /** Begins removals. One thread at a time does that. */
  void beginRemovals() {
    removals = removals | 1;
    VarHandle.releaseFence(); // the odd number before the slots; pairs with locate
  }

  /** Ends removals. Sets the parity instead of flipping it, as {@link SegmentVersion} does. */
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
   * {@link Batch#rest} the users for whom removals got in the way. Mostly nobody is being removed
   * from any segment, and {@code removals} says so for all segments at once.
   *
   * @return how many users are unsure; their stamps read {@link Stamp#NONE}
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
      batch.versions[i] = SegmentVersion.before(version(UserHash.of(batch.userIds[i])));
    }
    table.find(batch);
    int unsure = 0;
    for (int i = 0; i < batch.size; i++) {
      long version = version(UserHash.of(batch.userIds[i]));
      if (!SegmentVersion.isStill(version, batch.versions[i])) {
        batch.stamps[i] = Stamp.NONE;
        batch.rest[unsure++] = i;
      }
    }
    return unsure;
  }

  /**
   * The address of a user's stamp, which stays the user's until the call leaves the gate. It is 0
   * if the user is not tracked or is being removed, or if removals of others get in the way; only
   * the lock of the segment makes that certain.
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

  /** The answer of {@code StampStore.younger}, or {@link #UNSURE}. */
  int younger(int segment, long nowSeconds, long ageSeconds, long[] userIds, int[] stamps) {
    long version = layout.version(segment);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int before = SegmentVersion.before(version);
      int count = youngerUnderLock(segment, nowSeconds, ageSeconds, userIds, stamps);
      if (SegmentVersion.isStill(version, before)) {
        return count;
      }
      Thread.onSpinWait();
    }
    return UNSURE;
  }

  /** The answer of {@code StampStore.younger}, while nobody removes users from the segment. */
  int youngerUnderLock(
      int segment, long nowSeconds, long ageSeconds, long[] userIds, int[] stamps) {
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
            if (stamps != null) {
              stamps[count] = stamp;
            }
          }
          count++;
        }
      }
    }
    return count;
  }

  /**
   * Collects the users whom the task removes, and marks them if asked to. Reads each slot once, so
   * no slot may move: only one thread at a time marks and removes.
   *
   * @return how many users are collected
   */
  int collect(int segment, SweepTask task, boolean marks) {
    long base = layout.segment(segment);
    long[] collected = task.userIds();
    int count = 0;
    int tableBytes = layout.slots() * MapLayout.SLOT_BYTES;
    for (int slotOffset = 0; slotOffset < tableBytes; slotOffset += MapLayout.SLOT_BYTES) {
      int slot = RawMemory.getIntAcquire(base + slotOffset); // pairs with insertion
      if (slot != 0) {
        long entry = table.entry(base, slot);
        long address = entry + MapLayout.STAMP_OFFSET;
        int kept = marks ? StampCell.mark(address, task) : StampCell.kept(address, task);
        long userId = RawMemory.getLong(entry);
        if (kept == Stamp.NONE) {
          collected[count++] = userId;
        } else {
          task.kept(userId, kept);
        }
      }
    }
    return count;
  }
}
