package dev.presence.internal;

import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Works straight on the memory of a Chronicle Map. Reads, and heartbeats of users who are tracked,
 * take no lock; insertions and removals take the {@link SegmentLock} of their segment.
 *
 * <p>Three things happen to that memory: insertions and removals, both under the lock of the
 * segment, and changes of a stamp, by compare-and-set. The argument, in four steps:
 *
 * <ol>
 *   <li><strong>An insertion publishes whole entries.</strong> The entry is written and then, with
 *       release, its slot; slots are loaded with acquire, or with a fence behind them. An insertion
 *       moves nothing.
 *   <li><strong>A removal moves slots and frees an entry for another user</strong>, and the
 *       segment's version tells: the remover makes it odd, fence, removes, makes it even with
 *       release. A reader loads the version with acquire, searches, loads the stamp, fence, loads
 *       the version again. If it was even and is the same, no removal took place meanwhile: a hit
 *       was this user's entry when its stamp was loaded, and a miss was a true one. (Whoever reuses
 *       the entry takes the lock after the remover, so a reader who sees anything of the new user
 *       sees the new version too.) {@code removals} is the same for all segments at once: odd while
 *       any is removed from, so a batch that finds it even and unchanged needs no version. Whoever
 *       holds the lock of the segment needs neither.
 *   <li><strong>A user whose stamp was loaded this way, and was not {@link Stamp#NONE}, keeps the
 *       entry until the call leaves.</strong> A user is removed only if the stamp has been NONE all
 *       the time since before the sweeper began to wait for the calls that were inside. A stamp
 *       leaves NONE under the lock of the segment alone, after {@link SegmentLock#revivals} has
 *       grown. The sweeper reads that number under the lock, sees the stamp NONE, waits, takes the
 *       lock again, and removes only if the number is the same and the stamp is NONE. The call was
 *       inside when the stamp was something else, so either the sweeper waits for it, or the stamp
 *       was NONE only before and is not what the removal finds. Therefore the entry can be
 *       compare-and-set to the end of the call without hitting another user: there is no ABA.
 *       Neither clocks nor stamps take part in this, so it holds for clocks that step back, for
 *       late stamps and for disconnects, which may set NONE at any moment.
 *   <li><strong>A heartbeat is not lost to a removal.</strong> Both change the stamp by
 *       compare-and-set. If the heartbeat comes first, the sweeper's fails and it looks again: the
 *       user is young and stays. If the sweeper comes first, the heartbeat sees NONE and takes the
 *       lock: under it the heartbeat either still finds the entry and raises the stamp from NONE,
 *       which the removal, under the same lock, then leaves alone; or the entry is gone, and the
 *       user is inserted anew.
 * </ol>
 *
 * <p>An answer is what was true at the moment when the stamp was loaded, or for a miss at some
 * moment between the two loads of the version. NONE reads as not known, and is right: at that
 * moment the stamp had reached the retention or the user had been forgotten, and no heartbeat had
 * come since.
 *
 * <p><strong>Order of locks:</strong> {@code removing}, then a {@code SegmentLock}, then the gate.
 * Nobody waits for a lock while inside the gate, and nobody waits for leavers while holding a
 * {@code SegmentLock}. Callers never take {@code removing}, which the library's own threads hold
 * for the sweep of a whole segment. {@link SegmentSweeper} has it.
 */
final class LockFreeStore implements StampStore {

  private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

  private final CallGate gate = new CallGate();
  private final Runnable awaitLeavers = gate::awaitLeavers; // see Rehearsal
  private final SegmentLocks locks = new SegmentLocks();

  private final ChronicleStore memory;
  private final MapLayout layout;
  private final SlotTable table;
  private final SegmentReader reader;
  private final SegmentEditor editor;
  private final SegmentSweeper sweeper;
  private final UserCount users;

  private LockFreeStore(ChronicleStore memory, MapLayout layout) {
    this.memory = memory;
    this.layout = layout;
    this.users = memory.users();
    this.table = new SlotTable(layout);
    this.reader = new SegmentReader(layout, table);
    this.editor = new SegmentEditor(layout, table, users);
    this.sweeper = new SegmentSweeper(gate, locks, table, reader, editor);
  }

  /**
   * A lock-free store on the memory of this one, which nobody else uses any more; or this one
   * itself if its memory is laid out otherwise.
   */
  static StampStore over(ChronicleStore memory) {
    MapLayout layout = memory.layout();
    if (!layout.isSupported()) {
      return memory;
    }
    LockFreeStore store = new LockFreeStore(memory, layout);
    return memory.lane().call(() -> LayoutProbe.passes(store, memory)) ? store : memory;
  }

  /** For tests that hold a call inside. */
  CallGate gate() {
    return gate;
  }

  /** The address of a user's stamp, or 0 for a miss. Neither is sure beside a removal. */
  long find(long userId) {
    return table.find(userId, ChronicleStore.hash(userId));
  }

  /** Whether nothing has been removed from a segment, as in a map that was just made. */
  boolean isAtRest(int segment) {
    return reader.isAtRest(segment);
  }

  @Override
  public int stampOf(long userId) {
    long hash = ChronicleStore.hash(userId);
    long stamp;
    Ticket ticket = gate.enter();
    try {
      stamp = reader.stampOf(userId, hash);
    } finally {
      ticket.state = ticket.outside;
    }
    return stamp == SegmentReader.UNSURE ? stampUnderLock(userId, hash) : (int) stamp;
  }

  private int stampUnderLock(long userId, long hash) {
    synchronized (locks.of(table.segmentOf(hash))) {
      Ticket ticket = gate.enter();
      try {
        long address = table.find(userId, hash);
        return address == 0 ? Stamp.NONE : RawMemory.getIntVolatile(address);
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  @Override
  public void stampsOf(Batch batch) {
    int unsure;
    Ticket ticket = gate.enter();
    try {
      unsure = reader.locate(batch);
    } finally {
      ticket.state = ticket.outside;
    }
    for (int k = 0; k < unsure; k++) {
      int i = batch.rest[k];
      batch.stamps[i] = stampOf(batch.userIds[i]);
    }
  }

  @Override
  public boolean raise(long userId, int stamp) {
    long hash = ChronicleStore.hash(userId);
    Ticket ticket = gate.enter();
    try {
      long address = reader.pin(userId, hash);
      if (address != 0 && StampCell.raiseTracked(address, stamp)) {
        return true;
      }
    } finally {
      ticket.state = ticket.outside;
    }
    return raiseUnderLock(userId, hash, stamp);
  }

  private boolean raiseUnderLock(long userId, long hash, int stamp) {
    SegmentLock lock = locks.of(table.segmentOf(hash));
    synchronized (lock) {
      Ticket ticket = gate.enter();
      try {
        editor.undoInsertion(lock);
        long address = table.find(userId, hash);
        if (address == 0) {
          return editor.insert(lock, hash, userId, stamp);
        }
        users.came(stamp); // perhaps back from NONE
        lock.revivals++; // before the stamp
        StampCell.raise(address, stamp);
        return true;
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  @Override
  public int raiseTracked(Batch batch, int stamp) {
    Ticket ticket = gate.enter();
    try {
      reader.locate(batch);
      int restCount = 0;
      for (int i = 0; i < batch.size; i++) {
        int stored = batch.stamps[i];
        if (stored == Stamp.NONE || !raise(batch.addresses[i], stored, stamp)) {
          batch.rest[restCount++] = i;
        }
      }
      return restCount;
    } finally {
      ticket.state = ticket.outside;
    }
  }

  private static boolean raise(long address, int stored, int stamp) {
    return Integer.compareUnsigned(stored, stamp) >= 0
        || RawMemory.compareAndSetInt(address, stored, stamp)
        || StampCell.raiseTracked(address, stamp);
  }

  @Override
  public boolean lower(long userId, int stamp) {
    long hash = ChronicleStore.hash(userId);
    Ticket ticket = gate.enter();
    try {
      long address = reader.pin(userId, hash);
      if (address != 0) {
        StampCell.lower(address, stamp);
        return true;
      }
    } finally {
      ticket.state = ticket.outside;
    }
    return lowerUnderLock(userId, hash, stamp);
  }

  private boolean lowerUnderLock(long userId, long hash, int stamp) {
    synchronized (locks.of(table.segmentOf(hash))) {
      Ticket ticket = gate.enter();
      try {
        long address = table.find(userId, hash);
        if (address == 0) {
          return false;
        }
        StampCell.lower(address, stamp);
        return true;
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  @Override
  public void replace(long userId, int expected, int stamp) {
    Ticket ticket = gate.enter();
    try {
      long address = reader.pin(userId, ChronicleStore.hash(userId));
      if (address != 0 && RawMemory.compareAndSetInt(address, expected, stamp)) {
        users.came(stamp);
      }
    } finally {
      ticket.state = ticket.outside;
    }
  }

  @Override
  public boolean forget(long userId) {
    return lower(userId, Stamp.NONE);
  }

  @Override
  public int younger(int segment, long nowSeconds, long ageSeconds, long[] userIds) {
    int count;
    Ticket ticket = gate.enter();
    try {
      count = reader.younger(segment, nowSeconds, ageSeconds, userIds);
    } finally {
      ticket.state = ticket.outside;
    }
    if (count != SegmentReader.UNSURE) {
      return count;
    }
    synchronized (locks.of(segment)) {
      ticket = gate.enter();
      try {
        return reader.youngerUnderLock(segment, nowSeconds, ageSeconds, userIds);
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  @Override
  public int sweep(int segment, SweepTask task) {
    return sweeper.sweep(segment, task);
  }

  /** Removes forgotten users at once. Only where nobody can be inside who has found them. */
  int removeForgotten(long[] userIds, int count) {
    return sweeper.removeForgotten(userIds, count);
  }

  @Override
  public <T> T onOwnThread(Supplier<T> action) {
    return memory.lane().call(action);
  }

  @Override
  public int segments() {
    return layout.segments();
  }

  @Override
  public int segmentOf(long userId) {
    return table.segmentOf(ChronicleStore.hash(userId));
  }

  @Override
  public int largestSegment() {
    return layout.capacity();
  }

  @Override
  public UserCount users() {
    return users;
  }

  @Override
  public long offHeapBytes() {
    return memory.offHeapBytes();
  }

  @Override
  public boolean isLockFree() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return gate.isClosed();
  }

  /**
   * Waits for the calls that are inside, which are short. Should one be held up for longer than a
   * caller of {@code close} can be asked to wait, the memory is released when it leaves.
   */
  @Override
  public void close() {
    gate.close();
    if (!memory.close(awaitLeavers, CLOSE_NANOS)) {
      System.getLogger("dev.presence")
          .log(
              Level.WARNING,
              "memory is kept until every call has left: offHeapBytes=" + memory.offHeapBytes());
    }
  }
}
