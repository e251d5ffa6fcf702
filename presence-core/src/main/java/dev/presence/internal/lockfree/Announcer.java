package dev.presence.internal.lockfree;

import dev.presence.internal.chronicle.MapLayout;
import dev.presence.internal.chronicle.UserHash;
import dev.presence.internal.concurrent.CallGate;
import dev.presence.internal.concurrent.Ticket;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.TransitionFeed;
import dev.presence.internal.store.TransitionList;
import dev.presence.internal.store.TransitionLog;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Knows who is announced as online, and notices who should be and is not, and who is and should
 * not. Most heartbeats have nothing to do with it: they read the horizon before and after.
 *
 * <p>Why each transition is told exactly once, and in order, in four steps:
 *
 * <ol>
 *   <li><strong>A user's bit and log change together, under the lock of the segment.</strong> Each
 *       change of the bit is one entry in the log, so for a user online and offline alternate, and
 *       the log has them in their order. Whoever takes entries out does so under the lock, too.
 *   <li><strong>Nobody comes unnoticed.</strong> A stamp that passes the horizon does so in one of
 *       two ways. Either the call has found the stored stamp at or below the horizon: then it
 *       raises it under the lock and sets the bit. Or the horizon has moved over the stored stamp
 *       meanwhile. The call raises the stamp and then reads the horizon again; the scan that
 *       follows a move writes the horizon, fences, and then reads the stamps. The call's accesses
 *       are volatile, so at least one side sees the other: the scan sees the raised stamp and
 *       leaves the bit set, or the call sees the new horizon and looks at the bit under the lock.
 *   <li><strong>Nobody goes unnoticed.</strong> A stamp falls to the horizon or below by a
 *       disconnect, a sweep or the correction of a stamp in the future, and all of these take the
 *       lock while there are listeners; {@link #start} waits for those that began before. Or the
 *       horizon moves up to it. The scan skips a block only if its earliest stamp, read under the
 *       lock after the horizon was written, is above the horizon; bits that are set later are set
 *       by calls that read the new horizon under the lock.
 *   <li><strong>A bit belongs to a user.</strong> Only users whose stamp is not {@link Stamp#NONE}
 *       are announced: whoever sets the stamp to NONE takes the lock and clears the bit. A user is
 *       removed only with the stamp NONE, so the entry is not another user's while the bit is set.
 * </ol>
 *
 * <p>An Error may end a call after it has raised the stamp and before it has set the bit. {@link
 * #reconcile} finds such users; the dispatcher calls it now and then.
 */
final class Announcer implements TransitionFeed {

  private static final int BLOCK = Long.SIZE;

  /** So many blocks are read under the lock of their segment before others get it. */
  private static final int AT_ONCE = 8;

  /** How many transitions wait at most, in all logs together. */
  private static final int WAITING = 1 << 18;

  private static final int SMALLEST_LOG = 1 << 10;

  private final CallGate gate;
  private final SegmentLocks locks;
  private final MapLayout layout;
  private final SlotTable table;
  private final SegmentEditor editor;
  private final int logCapacity;

  /** At or below this stamp a user is offline for the listeners. */
  private volatile int horizon;

  /** Whether stamps may be lowered under the lock of the segment only. */
  private volatile boolean isTracking;

  /** Null while nobody listens. Set and cleared while no lock has a log. */
  private volatile AnnouncedSegment[] announced;

  private Runnable wake;

  // Of the thread that calls the feed.
  private final int[] blocks;
  private final BlockScan scan;

  Announcer(
      CallGate gate,
      SegmentLocks locks,
      MapLayout layout,
      SlotTable table,
      SegmentEditor editor,
      int logCapacity,
      BlockScan scan) {
    this.gate = gate;
    this.locks = locks;
    this.layout = layout;
    this.table = table;
    this.editor = editor;
    this.logCapacity = logCapacity;
    this.scan = scan;
    this.blocks = new int[(layout.capacity() + BLOCK - 1) / BLOCK];
  }

  /** Enough for a burst between two looks of the dispatcher, and no more than users can fill. */
  static int defaultLogCapacity(MapLayout layout, int locks) {
    int logs = Math.min(locks, layout.segments());
    long usersOfALog = (long) layout.capacity() * ((layout.segments() + logs - 1) / logs);
    return (int) Math.max(SMALLEST_LOG, Math.min(WAITING / logs, 4 * usersOfALog));
  }

  @Override
  public int horizon() {
    return horizon;
  }

  /** Whether a stamp is lowered under the lock of the segment. Ask inside the gate. */
  boolean isTracking() {
    return isTracking;
  }

  @Override
  public void start(int horizon, Runnable wake) {
    this.wake = wake;
    AnnouncedSegment[] segments = new AnnouncedSegment[layout.segments()];
    Arrays.setAll(segments, i -> new AnnouncedSegment(layout.capacity()));
    announced = segments;
    for (int log = 0; log < logs(); log++) {
      TransitionLog made = new TransitionLog(logCapacity);
      synchronized (locks.of(log)) {
        locks.of(log).log = made;
      }
    }
    isTracking = true;
    gate.awaitLeavers(); // those who lower stamps without the lock
    moveTo(horizon);
    TransitionList untold = new TransitionList();
    for (int segment = 0; segment < layout.segments(); segment++) {
      reconcile(segment, untold);
      untold.clear();
    }
  }

  @Override
  public void stop() {
    horizon = Stamp.NONE;
    isTracking = false;
    for (int log = 0; log < logs(); log++) {
      synchronized (locks.of(log)) {
        locks.of(log).log = null;
      }
    }
    announced = null;
  }

  @Override
  public void moveTo(int horizon) {
    this.horizon = horizon;
    VarHandle.fullFence(); // the horizon before the scan's plain reads of stamps
  }

  @Override
  public int logs() {
    return Math.min(SegmentLocks.COUNT, layout.segments());
  }

  @Override
  public void drain(int log, TransitionList into) {
    SegmentLock lock = locks.of(log);
    synchronized (lock) {
      into.drain(lock.log);
    }
  }

  @Override
  public void expire(int segment, TransitionList into) {
    SegmentLock lock = locks.of(segment);
    int[] earliest = announced[segment].earliest;
    int due = 0;
    synchronized (lock) { // after the horizon was written
      into.drain(lock.log);
      for (int block = 0; block < earliest.length; block++) {
        if (Integer.compareUnsigned(earliest[block], horizon) <= 0) {
          blocks[due++] = block;
        }
      }
    }
    reconcileBlocks(segment, due, into);
  }

  @Override
  public void reconcile(int segment, TransitionList into) {
    for (int block = 0; block < blocks.length; block++) {
      blocks[block] = block;
    }
    reconcileBlocks(segment, blocks.length, into);
  }

  /** Holds the lock for a few blocks at a time, because others wait for it. */
  private void reconcileBlocks(int segment, int count, TransitionList into) {
    for (int first = 0; first < count; first += AT_ONCE) {
      reconcileBlocks(segment, first, Math.min(first + AT_ONCE, count), into);
    }
  }

  private void reconcileBlocks(int segment, int first, int end, TransitionList into) {
    SegmentLock lock = locks.of(segment);
    synchronized (lock) {
      Ticket ticket = gate.enter();
      try {
        editor.undoInsertion(lock);
        into.drain(lock.log);
        into.ensureRoom(AT_ONCE * BLOCK);
        touch(segment, first, end);
        for (int i = first; i < end; i++) {
          reconcileUnderLock(segment, blocks[i], into);
        }
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  /** Has the processor fetch these blocks side by side: few of them are in a cache. */
  private void touch(int segment, int first, int end) {
    long base = layout.segment(segment);
    for (int i = first; i < end; i++) {
      scan.touch(table.entryAt(base, blocks[i] * BLOCK), entriesOf(blocks[i]));
    }
  }

  /** How many entries a block has. */
  private int entriesOf(int block) {
    return Math.min(BLOCK, layout.capacity() - block * BLOCK);
  }

  private void reconcileUnderLock(int segment, int block, TransitionList into) {
    AnnouncedSegment told = announced[segment];
    long base = layout.segment(segment);
    int first = block * BLOCK;
    scan.read(table.entryAt(base, first), entriesOf(block), horizon);
    long before = told.bits[block];
    long after = scan.online & editor.entriesInUse(base, block);
    int earliest = scan.earliest;
    for (long flips = before ^ after; flips != 0; flips &= flips - 1) {
      int entryNumber = first + Long.numberOfTrailingZeros(flips);
      long entry = table.entryAt(base, entryNumber);
      int stamp = RawMemory.getIntVolatile(entry + MapLayout.STAMP_OFFSET);
      boolean isOnline = (after >>> entryNumber & 1) != 0;
      if (!isOnline && Integer.compareUnsigned(stamp, horizon) > 0) { // raised meanwhile
        after |= 1L << entryNumber;
        earliest = Integer.compareUnsigned(stamp, earliest) < 0 ? stamp : earliest;
      } else {
        into.add(RawMemory.getLong(entry), stamp, isOnline);
      }
    }
    told.bits[block] = after; // with the next one, or an Error has changed neither
    told.earliest[block] = earliest;
  }

  @Override
  public void copyAnnounced(int segment, TransitionList pending, TransitionList copy) {
    SegmentLock lock = locks.of(segment);
    AnnouncedSegment told = announced[segment];
    long base = layout.segment(segment);
    copy.ensureRoom(layout.capacity());
    synchronized (lock) {
      Ticket ticket = gate.enter();
      try {
        pending.drain(lock.log);
        for (int block = 0; block < told.bits.length; block++) {
          for (long rest = told.bits[block]; rest != 0; rest &= rest - 1) {
            copy(base, block * BLOCK + Long.numberOfTrailingZeros(rest), copy);
          }
        }
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  @Override
  public void copyAnnounced(long userId, TransitionList pending, TransitionList copy) {
    long hash = UserHash.of(userId);
    int segment = table.segmentOf(hash);
    SegmentLock lock = locks.of(segment);
    long base = layout.segment(segment);
    copy.ensureRoom(1);
    synchronized (lock) {
      Ticket ticket = gate.enter();
      try {
        pending.drain(lock.log);
        long address = table.find(userId, hash);
        int entryNumber = address == 0 ? -1 : table.entryNumberAt(base, address);
        if (address != 0 && announced[segment].isAnnounced(entryNumber)) {
          copy(base, entryNumber, copy);
        }
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  private void copy(long base, int entryNumber, TransitionList copy) {
    long entry = table.entryAt(base, entryNumber);
    copy.add(
        RawMemory.getLong(entry), RawMemory.getIntVolatile(entry + MapLayout.STAMP_OFFSET), true);
  }

  /** Announces a user whose stamp has passed the horizon, unless announced. Under the lock. */
  void raised(SegmentLock lock, int segment, long address) {
    TransitionLog log = lock.log;
    if (log == null) {
      return;
    }
    int stamp = RawMemory.getIntVolatile(address);
    if (Integer.compareUnsigned(stamp, horizon) <= 0) {
      return;
    }
    AnnouncedSegment told = announced[segment];
    int entryNumber = table.entryNumberAt(layout.segment(segment), address);
    if (!told.isAnnounced(entryNumber)) {
      told.lowered(entryNumber, stamp);
      change(
          log, told, entryNumber, RawMemory.getLong(address - MapLayout.STAMP_OFFSET), stamp, true);
    }
  }

  /** The latest stamp to which a disconnect may lower a user. Under the lock. */
  int lowest(SegmentLock lock, int stamp) {
    return lock.log != null && Integer.compareUnsigned(horizon, stamp) < 0 ? horizon : stamp;
  }

  /**
   * Tells that a user has gone whose stamp has been lowered to the horizon or below. Under the
   * lock.
   *
   * @param old the stamp before
   */
  void lowered(SegmentLock lock, int segment, long address, int old) {
    TransitionLog log = lock.log;
    if (log != null) {
      AnnouncedSegment told = announced[segment];
      int entryNumber = table.entryNumberAt(layout.segment(segment), address);
      if (told.isAnnounced(entryNumber)) {
        long userId = RawMemory.getLong(address - MapLayout.STAMP_OFFSET);
        change(log, told, entryNumber, userId, old, false);
      }
    }
  }

  /** Whether a user is announced. Under the lock. */
  boolean isAnnounced(SegmentLock lock, int segment, long address) {
    return lock.log != null
        && announced[segment].isAnnounced(table.entryNumberAt(layout.segment(segment), address));
  }

  /** Notes that the stamp of a user is an earlier one and the user still online. Under the lock. */
  void corrected(SegmentLock lock, int segment, long address, int stamp) {
    if (lock.log != null) {
      int entryNumber = table.entryNumberAt(layout.segment(segment), address);
      announced[segment].lowered(entryNumber, stamp);
    }
  }

  /**
   * Changes a bit and logs it. Between the two assignments that count, no call could meet the end
   * of a stack.
   */
  private void change(
      TransitionLog log,
      AnnouncedSegment told,
      int entryNumber,
      long userId,
      int stamp,
      boolean online) {
    int end = log.end;
    int block = entryNumber >>> 6;
    long flipped = told.bits[block] ^ 1L << entryNumber;
    if (end == log.numbers.length) {
      log.hasOverflowed = true;
      told.bits[block] = flipped;
      return;
    }
    log.numbers[end] = userId;
    log.numbers[end + 1] = TransitionLog.rest(stamp, online);
    log.end = end + TransitionLog.NUMBERS;
    told.bits[block] = flipped;
    if (log.isFillingUp()) {
      wake.run();
    }
  }
}
