package dev.presence.internal.lockfree;

import dev.presence.internal.chronicle.UserHash;
import dev.presence.internal.concurrent.CallGate;
import dev.presence.internal.concurrent.Ticket;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.SweepTask;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Removes users from segments while everybody else reads and writes them: the remover's side of the
 * argument in {@link LockFreeStore}. Runs on the library's own threads.
 */
final class SegmentSweeper {

  /** After this many attempts the rest is left to the next pass. */
  private static final int SWEEP_ATTEMPTS = 64;

  private final CallGate gate;
  private final SegmentLocks locks;
  private final SlotTable table;
  private final SegmentEditor editor;
  private final Announcer announcer;

  /** Lets one thread sweep at a time. Fair, so that a sweeper without a pause lets others in. */
  private final ReentrantLock removing = new ReentrantLock(true);

  SegmentSweeper(
      CallGate gate,
      SegmentLocks locks,
      SlotTable table,
      SegmentEditor editor,
      Announcer announcer) {
    this.gate = gate;
    this.locks = locks;
    this.table = table;
    this.editor = editor;
    this.announcer = announcer;
  }

  /**
   * Marks the users whom the task removes, waits until every call that found them before has left,
   * and removes those whom no heartbeat has brought back. If a user of these segments has come back
   * meanwhile, it may have been one of them, so this starts over with those who are still marked.
   */
  int sweep(SegmentReader reader, int segment, SweepTask task) {
    removing.lock();
    try {
      long revivals = revivals(segment);
      int marked = mark(reader, segment, task);
      int removed = 0;
      for (int attempt = 0; marked > 0 && attempt < SWEEP_ATTEMPTS; attempt++) {
        gate.awaitLeavers();
        removed += remove(reader, segment, revivals, task.userIds(), marked);
        long before = revivals;
        revivals = revivals(segment);
        marked = revivals == before ? 0 : stillMarked(task.userIds(), marked);
      }
      return removed;
    } finally {
      removing.unlock();
    }
  }

  private long revivals(int segment) {
    SegmentLock lock = locks.of(segment);
    synchronized (lock) {
      Ticket ticket = gate.enter();
      try {
        editor.undoInsertion(lock);
        return lock.revivals;
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  private int mark(SegmentReader reader, int segment, SweepTask task) {
    int found;
    Ticket ticket = gate.enter();
    try {
      if (!announcer.isTracking()) {
        return reader.collect(segment, task, true);
      }
      found = reader.collect(segment, task, false);
    } finally {
      ticket.state = ticket.outside;
    }
    return markUnderLock(segment, task, found);
  }

  /** Marks those found who may go, and moves them to the front; returns how many there are. */
  private int markUnderLock(int segment, SweepTask task, int found) {
    long[] userIds = task.userIds();
    int marked = 0;
    for (int i = 0; i < found; i++) {
      int kept = markUnderLock(segment, task, userIds[i]);
      if (kept == Stamp.NONE) {
        userIds[marked++] = userIds[i];
      } else {
        task.kept(userIds[i], kept);
      }
    }
    return marked;
  }

  private int markUnderLock(int segment, SweepTask task, long userId) {
    SegmentLock lock = locks.of(segment);
    synchronized (lock) {
      Ticket ticket = gate.enter();
      try {
        long address = table.find(userId, UserHash.of(userId)); // certain under the lock
        int stored;
        do {
          stored = RawMemory.getIntVolatile(address);
          if (!task.removes(stored) || isSpared(lock, segment, address, stored, task)) {
            return stored;
          }
        } while (!RawMemory.compareAndSetInt(address, stored, Stamp.NONE));
        announcer.lowered(lock, segment, address, stored);
        return Stamp.NONE;
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  /**
   * Never somebody whose stamp is NONE. An Error may have ended a disconnect before it told so; the
   * bit must not outlive the entry.
   */
  private boolean isSpared(
      SegmentLock lock, int segment, long address, int stored, SweepTask task) {
    return stored != Stamp.NONE
        && task.sparesAnnounced()
        && announcer.isAnnounced(lock, segment, address);
  }

  /** Moves the users who are still marked to the front; returns how many there are. */
  private int stillMarked(long[] userIds, int count) {
    Ticket ticket = gate.enter();
    try {
      int marked = 0;
      for (int i = 0; i < count; i++) {
        long address =
            table.find(
                userIds[i],
                UserHash.of(userIds[i])); // certain, because only this thread removes users
        if (address != 0 && RawMemory.getIntVolatile(address) == Stamp.NONE) {
          userIds[marked++] = userIds[i];
        }
      }
      return marked;
    } finally {
      ticket.state = ticket.outside;
    }
  }

  private int remove(SegmentReader reader, int segment, long revivals, long[] userIds, int count) {
    SegmentLock lock = locks.of(segment);
    reader.beginRemovals();
    try {
      int removed = 0;
      for (int i = 0; i < count; i++) {
        removed += remove(lock, revivals, userIds[i]) ? 1 : 0;
      }
      return removed;
    } finally {
      reader.endRemovals();
    }
  }

  private boolean remove(SegmentLock lock, long revivals, long userId) {
    synchronized (lock) {
      Ticket ticket = gate.enter();
      try {
        editor.undoInsertion(lock);
        return lock.revivals == revivals && editor.removeMarked(userId);
      } finally {
        ticket.state = ticket.outside;
      }
    }
  }

  /** Removes forgotten users at once. Only if no call that has found them can be inside. */
  int removeForgotten(SegmentReader reader, long[] userIds, int count) {
    int removed = 0;
    for (int i = 0; i < count; i++) {
      int segment = table.segmentOf(UserHash.of(userIds[i]));
      removed += remove(reader, segment, revivals(segment), new long[] {userIds[i]}, 1);
    }
    return removed;
  }
}
