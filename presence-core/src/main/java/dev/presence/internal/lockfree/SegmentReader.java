package dev.presence.internal.lockfree;

import dev.presence.internal.chronicle.MapLayout;
import dev.presence.internal.chronicle.UserHash;
import dev.presence.internal.concurrent.CallGate;
import dev.presence.internal.store.Batch;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.SweepTask;
import java.lang.invoke.VarHandle;

/**
 * Reads segments without a lock, while others insert and remove users, and tells when a removal has
 * got in the way. What a removal tells its readers, and how they see it, stands here and in {@link
 * SegmentVersion}; {@link LockFreeStore} has the argument.
 *
 * <p><strong>The memory stays mapped for as long as anybody can reach this reader.</strong> So
 * calls that only read need no ticket of the gate: they take the reader, read, and each method
 * looks at a field of the reader after its last read, so the garbage collector cannot take the
 * reader for unreachable before. Methods that say so throw if the store has been closed meanwhile;
 * what they have read may then be zeros, which is a state like any other to a search: an empty
 * segment.
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
   * Even and unchanged: no slot has moved in any segment, and the memory has not been released. Odd
   * while a thread removes users, from whichever segment, and for ever once closed. Like the gate,
   * it covers this process alone; a map shared by several processes would have to hold it.
   */
  private volatile int removals;

  private volatile boolean closed;

  SegmentReader(MapLayout layout, SlotTable table) {
    this.layout = layout;
    this.table = table;
    this.firstVersion = layout.version(0);
    this.versionStride = layout.headerStride();
  }

  /** Begins removals. One thread at a time does that. */
  synchronized void beginRemovals() {
    removals = removals | 1;
    VarHandle.releaseFence(); // the odd number before the slots; pairs with stampOf and locate
  }

  /** Ends removals. Sets the parity instead of flipping it, as {@link SegmentVersion} does. */
  synchronized void endRemovals() {
    if (!closed) {
      removals = (removals | 1) + 1; // the slots before the even number
    }
  }

  /** From now on methods throw that say so. The memory may be released after this. */
  synchronized void close() {
    closed = true;
    removals = removals | 1;
  }

  /** The last thing that a read does. Whoever sees released memory sees that it is closed, too. */
  private void checkOpen() {
    if (closed) { // after a fence behind the reads
      throw CallGate.closedException();
    }
  }

  private long version(long hash) {
    return firstVersion + table.segmentOf(hash) * versionStride;
  }

  /**
   * The stamp of a user as an unsigned number, or {@link #UNSURE}.
   *
   * @throws IllegalStateException if the store is closed
   */
  long stampOf(long userId, long hash) {
    int before = removals; // pairs with endRemovals
    if ((before & 1) == 0) {
      long address = table.find(userId, hash);
      int stamp = address == 0 ? Stamp.NONE : RawMemory.getInt(address);
      VarHandle.acquireFence(); // slots and stamp before; pairs with the fence in beginRemovals
      if (removals == before) {
        return Integer.toUnsignedLong(stamp);
      }
    }
    return stampBesideRemovals(userId, hash);
  }

  private long stampBesideRemovals(long userId, long hash) {
    long version = version(hash);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int before = SegmentVersion.before(version);
      long address = table.find(userId, hash);
      int stamp = address == 0 ? Stamp.NONE : RawMemory.getInt(address);
      if (SegmentVersion.isStill(version, before)) {
        checkOpen();
        return Integer.toUnsignedLong(stamp);
      }
      Thread.onSpinWait();
    }
    checkOpen();
    return UNSURE;
  }

  /**
   * Finds the stamp of each user, and the address of each stamp that is not NONE, and lists in
   * {@link Batch#rest} the users for whom removals got in the way. Mostly nobody is being removed
   * from any segment, and {@code removals} says so for all segments at once.
   *
   * @return how many users are unsure; their stamps read {@link Stamp#NONE}
   * @throws IllegalStateException if the store is closed
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
    checkOpen();
    return unsure;
  }

  /**
   * The address of a user's stamp, which stays the user's until the call leaves the gate. It is 0
   * if the user is not tracked or is being removed, or if removals of others get in the way; only
   * the lock of the segment makes that certain. Call it inside the gate.
   */
  long pin(long userId, long hash) {
    int before = removals; // pairs with endRemovals
    if ((before & 1) != 0) {
      return pinBesideRemovals(userId, hash);
    }
    long address = table.find(userId, hash);
    if (address == 0 || RawMemory.getIntVolatile(address) == Stamp.NONE) {
      return 0;
    }
    VarHandle.acquireFence(); // slots and stamp before; pairs with the fence in beginRemovals
    return removals == before ? address : pinBesideRemovals(userId, hash);
  }

  private long pinBesideRemovals(long userId, long hash) {
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

  /**
   * The answer of {@code StampStore.younger}, or {@link #UNSURE}.
   *
   * @throws IllegalStateException if the store is closed
   */
  int younger(int segment, long nowSeconds, long ageSeconds, long[] userIds, int[] stamps) {
    long version = layout.version(segment);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int before = SegmentVersion.before(version);
      int count = youngerUnderLock(segment, nowSeconds, ageSeconds, userIds, stamps);
      if (SegmentVersion.isStill(version, before)) {
        checkOpen();
        return count;
      }
      Thread.onSpinWait();
    }
    checkOpen();
    return UNSURE;
  }

  /**
   * The answer of {@code StampStore.younger}, while nobody removes users from the segment and the
   * caller is inside the gate, or the gate is closed and everybody has left.
   */
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
   * no slot may move: only one thread at a time marks and removes. Call it inside the gate.
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
