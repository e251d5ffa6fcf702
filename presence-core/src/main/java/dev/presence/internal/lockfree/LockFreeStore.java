package dev.presence.internal.lockfree;

import dev.presence.internal.chronicle.MapLayout;
import dev.presence.internal.chronicle.UserHash;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.concurrent.CallGate;
import dev.presence.internal.concurrent.Ticket;
import dev.presence.internal.store.Batch;
import dev.presence.internal.store.SegmentScan;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.store.SweepTask;
import dev.presence.internal.store.TransitionFeed;
import dev.presence.internal.store.UserCount;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The store that works straight on the memory of a Chronicle Map. Reads, and heartbeats of tracked
 * users, take no lock; insertions and removals take the {@link SegmentLock} of their segment.
 *
 * <p>Three things happen to that memory: insertions and removals, both under the lock of the
 * segment, and changes of a stamp, by compare-and-set. Why this is correct, in four steps:
 *
 * <ol>
 *   <li><strong>An insertion publishes whole entries.</strong> It writes the entry and then, with
 *       release, its slot; readers read slots with acquire, or with a fence behind them. An
 *       insertion moves nothing.
 *   <li><strong>A removal moves slots and frees an entry for another user</strong>, and the version
 *       of the segment tells. The remover makes the version odd, fences, removes, and makes it even
 *       with release. A reader reads the version with acquire, searches, reads the stamp, fences,
 *       and reads the version again. If it was even and is the same, no removal took place
 *       meanwhile: a hit was this user's entry when its stamp was read, and a miss was a true one.
 *       (Whoever reuses the entry takes the lock after the remover, so a reader who sees anything
 *       of the new user sees the new version, too.) {@code removals} does the same for all segments
 *       at once: it is odd while users are removed from any of them, so a call that finds it even
 *       and unchanged needs no version. Whoever holds the lock of the segment needs neither.
 *   <li><strong>A user whose stamp was read this way, and was not {@link Stamp#NONE}, keeps the
 *       entry until the call leaves.</strong> The sweeper removes a user only if the stamp has been
 *       NONE ever since before the sweeper began to wait for the calls inside. A stamp leaves NONE
 *       only under the lock of the segment, and after {@link SegmentLock#revivals} has grown. The
 *       sweeper reads that number under the lock, sees the stamp NONE, waits, takes the lock again,
 *       and removes the user only if the number is the same and the stamp is NONE. The call was
 *       inside when the stamp was something else. So either the sweeper waits for the call, or the
 *       stamp has left NONE since the sweeper saw it and the removal does not happen. The call can
 *       therefore compare-and-set the stamp to its end without hitting another user: there is no
 *       ABA. Neither clocks nor stamps take part in this, so it holds for clocks that step back,
 *       for late stamps, and for disconnects, which may set NONE at any moment.
 *   <li><strong>No heartbeat is lost to a removal.</strong> Both change the stamp by
 *       compare-and-set. If the heartbeat comes first, the sweeper's fails, and it looks again: the
 *       user is young and stays. If the sweeper comes first, the heartbeat sees NONE and takes the
 *       lock. Either it still finds the entry and raises the stamp from NONE, and the removal,
 *       under the same lock, then leaves the user alone; or the entry is gone, and the heartbeat
 *       inserts the user anew.
 * </ol>
 *
 * <p>While there are listeners, whoever lowers a stamp takes the lock of the segment first, and so
 * does a heartbeat that brings a user: {@link Announcer} has that argument. It takes nothing away
 * from this one.
 *
 * <p>An answer is what was true when the stamp was read or, for a miss, at some moment between the
 * two reads of the version. NONE reads as unknown, rightly: at that moment the stamp had reached
 * the retention or the user had been forgotten, and no heartbeat had come since.
 *
 * <p><strong>Why a call that only reads needs no ticket of the gate.</strong> Two things could go
 * wrong for it. Removals are told by versions, as above. And {@code close} could release the memory
 * under it: so the memory stays mapped for as long as a {@link SegmentReader} can be reached, which
 * such a call takes first. {@code close} closes the reader, waits for the calls inside the gate,
 * drops its own reference to the reader, and gives the memory back to the system, but not its
 * addresses. A call that is still reading then finds zeros, or some of them, which is a table with
 * fewer users: a search ends at the first zero, and every slot that is not zero names an entry of
 * its segment. The call's last step is to look whether the reader is closed, and it throws what it
 * has found if so. It cannot miss that: the reader was closed before the system was asked, and a
 * processor that sees the effect of a system call sees what was written before the call. That last
 * step reads a field of the reader, so the garbage collector, which in the end has the addresses
 * unmapped, cannot take the reader for unreachable before, in compiled code either. A ticket would
 * cost two locked instructions, behind which no cache miss of the next call can start: without them
 * a single lookup takes three quarters of the time.
 *
 * <p><strong>Order of locks:</strong> {@code removing} of the {@link SegmentSweeper}, then a {@code
 * SegmentLock}, then the gate. Nobody waits for a lock inside the gate, and nobody waits for
 * leavers while holding a {@code SegmentLock}. Only the library's own threads take {@code
 * removing}, which they hold while they sweep a whole segment.
 *
 * <p><strong>Why every call leaves the gate by a finally block of its own</strong> instead of
 * through one wrapper: {@link Ticket} says why leaving must not call a method.
 */
public final class LockFreeStore implements StampStore {

  @SuppressWarnings("UnnecessaryLambda") // made here: see Rehearsal
  private static final Consumer<SegmentScan> NO_ACTION = scan -> {};

  private static final long CLOSE_TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

  private final Runnable forgetReader = this::forgetReader; // made here: see Rehearsal
  private final CallGate gate = new CallGate();
  private final SegmentLocks locks = new SegmentLocks();

  private final UserMap map;
  private final MapLayout layout;
  private final SlotTable table;
  private final SegmentEditor editor;
  private final SegmentSweeper sweeper;
  private final UserCount users;
  private final Announcer announcer;

  /** Null when the memory has been released, so that a closed store does not keep it mapped. */
  private volatile SegmentReader reader;

  /** Works on the memory of this map, which nobody else uses. {@link LayoutProbe} must pass. */
  public LockFreeStore(UserMap map) {
    this(map, Announcer.defaultLogCapacity(map.layout(), SegmentLocks.COUNT), new BlockScan());
  }

  /** For tests of logs that overflow, and of what happens during a scan. */
  LockFreeStore(UserMap map, int logCapacity, BlockScan scan) {
    this.map = map;
    this.layout = map.layout();
    this.users = map.users();
    this.table = new SlotTable(layout);
    this.reader = new SegmentReader(layout, table);
    this.editor = new SegmentEditor(layout, table, users);
    this.announcer = new Announcer(gate, locks, layout, table, editor, logCapacity, scan);
    this.sweeper = new SegmentSweeper(gate, locks, table, editor, announcer);
  }

  /** For tests that hold a call inside. */
  CallGate gate() {
    return gate;
  }

  /** For tests that hold a lock. */
  SegmentLock lockOf(long userId) {
    return locks.of(segmentOf(userId));
  }

  /** What a call that only reads takes first. */
  SegmentReader reader() {
    SegmentReader current = reader;
    if (current == null) {
      throw CallGate.closedException();
    }
    return current;
  }

  /** The address of a user's stamp, or 0 for a miss. Neither is sure while users are removed. */
  long find(long userId) {
    return table.find(userId, UserHash.of(userId));
  }

  @Override
  public int stampOf(long userId) {
    long hash = UserHash.of(userId);
    long stamp = reader().stampOf(userId, hash);
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
    int unsure = reader().locate(batch);
    for (int k = 0; k < unsure; k++) {
      int i = batch.rest[k];
      batch.stamps[i] = stampOf(batch.userIds[i]);
    }
  }

  @Override
  public long getAndRaise(long userId, int stamp) {
    long hash = UserHash.of(userId);
    int stored = Stamp.NONE;
    Ticket ticket = gate.enter();
    try {
      long address = reader.pin(userId, hash);
      if (address != 0) {
        int limit = announcer.horizon();
        stored = StampCell.raiseAbove(limit, address, stamp);
        if (isAbove(stored, limit) && isAbove(stored, announcer.horizon())) { // see Announcer
          return Integer.toUnsignedLong(stored);
        }
      }
    } finally {
      ticket.state = ticket.outside;
    }
    // The user comes, or is being removed. The stamp may have been raised all the same.
    long before = raiseUnderLock(userId, hash, stamp, 0);
    return stored == Stamp.NONE ? before : Math.min(before, Integer.toUnsignedLong(stored));
  }

  private static boolean isAbove(int stamp, int limit) {
    return Integer.compareUnsigned(stamp, limit) > 0;
  }

  @Override
  public int raiseAll(long[] userIds, int[] stamps, int count) {
    int refused = 0;
    for (int i = 0; i < count; i++) {
      refused += raise(userIds[i], stamps[i]) ? 0 : 1;
    }
    return refused;
  }

  /**
   * Raises a user's stamp, or inserts the user.
   *
   * @param found where the user's stamp was, before the call has left the gate; 0 if unknown
   * @return the stamp so far, or {@link #NO_ROOM}
   */
  private long raiseUnderLock(long userId, long hash, int stamp, long found) {
    int segment = table.segmentOf(hash);
    SegmentLock lock = locks.of(segment);
    synchronized (lock) {
      Ticket ticket = gate.enter();
      try {
        editor.undoInsertion(lock);
        long address = isStampOf(userId, found) ? found : table.find(userId, hash);
        int stored = Stamp.NONE;
        if (address != 0) {
          stored = editor.raise(lock, address, stamp);
        } else if (editor.insert(lock, hash, userId, stamp)) {
          address = table.stampAt(layout.segment(segment), lock.entryNumber);
        } else {
          return NO_ROOM;
        }
        announcer.raised(lock, segment, address);
        return Integer.toUnsignedLong(stored);
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  /**
   * Whether the user's stamp is still where it was found. Under the lock: an entry that is not in
   * use has the stamp NONE, and one that is in use belongs to the user whose id it holds.
   */
  private static boolean isStampOf(long userId, long address) {
    return address != 0
        && RawMemory.getLong(address - MapLayout.STAMP_OFFSET) == userId
        && RawMemory.getIntVolatile(address) != Stamp.NONE;
  }

  @Override
  public int raise(Batch batch, int stamp) {
    int restCount;
    Ticket ticket = gate.enter();
    try {
      reader.locate(batch);
      restCount = raiseOnline(batch, stamp);
    } finally {
      ticket.state = ticket.outside;
    }
    int refused = 0;
    for (int k = 0; k < restCount; k++) {
      int i = batch.rest[k];
      long userId = batch.userIds[i];
      long found = batch.stamps[i] == Stamp.NONE ? 0 : batch.addresses[i];
      if (raiseUnderLock(userId, UserHash.of(userId), stamp, found) == NO_ROOM) {
        batch.rest[refused++] = i;
      }
    }
    return refused;
  }

  /** Raises the stamps that need no lock, and lists the positions of the others. */
  private int raiseOnline(Batch batch, int stamp) {
    int limit = announcer.horizon();
    int restCount = 0;
    for (int i = 0; i < batch.size; i++) {
      int stored = batch.stamps[i];
      if (isAbove(stored, limit) && isAbove(stamp, stored)) {
        long address = batch.addresses[i];
        if (!RawMemory.compareAndSetInt(address, stored, stamp)) {
          stored = StampCell.raiseAbove(limit, address, stamp);
          batch.stamps[i] = stored;
        }
      }
      if (!isAbove(stored, limit)) {
        batch.rest[restCount++] = i;
      }
    }
    int horizon = announcer.horizon(); // see Announcer
    return isAbove(horizon, limit) ? addPassed(batch, restCount, limit, horizon) : restCount;
  }

  /**
   * Adds the users over whose stamps the horizon has moved meanwhile. Their stamps are raised, but
   * a scan may have told that they are gone.
   */
  private static int addPassed(Batch batch, int restCount, int limit, int horizon) {
    int count = restCount;
    for (int i = 0; i < batch.size; i++) {
      int stored = batch.stamps[i];
      if (isAbove(stored, limit) && !isAbove(stored, horizon)) {
        batch.rest[count++] = i;
      }
    }
    return count;
  }

  @Override
  public boolean lower(long userId, int stamp, int limit) {
    long hash = UserHash.of(userId);
    Ticket ticket = gate.enter();
    try {
      if (!announcer.isTracking()) {
        long address = reader.pin(userId, hash);
        if (address != 0) {
          StampCell.lower(address, stamp, limit);
          return true;
        }
      }
    } finally {
      ticket.state = ticket.outside;
    }
    return lowerUnderLock(userId, hash, stamp, limit);
  }

  private boolean lowerUnderLock(long userId, long hash, int stamp, int limit) {
    int segment = table.segmentOf(hash);
    SegmentLock lock = locks.of(segment);
    synchronized (lock) {
      Ticket ticket = gate.enter();
      try {
        long address = table.find(userId, hash);
        if (address == 0) {
          return false;
        }
        int old = StampCell.lower(address, announcer.lowest(lock, stamp), limit);
        if (!isAbove(old, limit)) {
          announcer.lowered(lock, segment, address, old);
        }
        return true;
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  @Override
  public void replace(long userId, int expected, int stamp) {
    long hash = UserHash.of(userId);
    int segment = table.segmentOf(hash);
    SegmentLock lock = locks.of(segment);
    synchronized (lock) {
      Ticket ticket = gate.enter();
      try {
        long address = table.find(userId, hash);
        if (address != 0 && RawMemory.compareAndSetInt(address, expected, stamp)) {
          users.came(stamp);
          announcer.corrected(lock, segment, address, stamp);
        }
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  @Override
  public int younger(int segment, long nowSeconds, long ageSeconds, long[] userIds, int[] stamps) {
    int count = reader().younger(segment, nowSeconds, ageSeconds, userIds, stamps);
    if (count != SegmentReader.UNSURE) {
      return count;
    }
    synchronized (locks.of(segment)) {
      Ticket ticket = gate.enter();
      try {
        return reader.youngerUnderLock(segment, nowSeconds, ageSeconds, userIds, stamps);
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  @Override
  public int sweep(int segment, SweepTask task) {
    return sweeper.sweep(reader(), segment, task);
  }

  /** Removes forgotten users at once. Only if no call that has found them can be inside. */
  int removeForgotten(long[] userIds, int count) {
    return sweeper.removeForgotten(reader(), userIds, count);
  }

  @Override
  public TransitionFeed transitions() {
    return announcer;
  }

  @Override
  public <T> T onOwnThread(Supplier<T> action) {
    return map.onLane(action);
  }

  @Override
  public int segments() {
    return layout.segments();
  }

  @Override
  public int segmentOf(long userId) {
    return table.segmentOf(UserHash.of(userId));
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
    return map.offHeapBytes();
  }

  @Override
  public boolean isLockFree() {
    return true;
  }

  @Override
  public boolean isClosed() {
    return gate.isClosed();
  }

  @Override
  public void close() {
    close(NO_ACTION, 0);
  }

  private void forgetReader() {
    reader = null;
  }

  /**
   * Waits for the calls inside, which are short. If one is held up for longer than {@code close}
   * may take, the memory is released when that call leaves.
   */
  @Override
  public void close(Consumer<SegmentScan> last, long timeoutNanos) {
    gate.close();
    SegmentReader current = reader;
    if (current != null) {
      current.close();
    }
    Runnable beforeRelease = new LastScan(gate, layout, current, last, forgetReader);
    if (!map.close(beforeRelease, current, CLOSE_TIMEOUT_NANOS + timeoutNanos)) {
      System.getLogger("dev.presence")
          .log(
              Level.WARNING,
              "memory is kept until every call has left: offHeapBytes=" + map.offHeapBytes());
    }
  }
}
