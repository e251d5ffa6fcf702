package dev.presence.internal;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Removes users from segments beside everybody else: the remover's side of the argument in {@link
 * LockFreeStore}. Called on the library's own threads.
 */
final class SegmentSweeper {

  /** After so many the rest is left to the next pass. */
  private static final int SWEEP_ATTEMPTS = 64;

  private final CallGate gate;
  private final SegmentLocks locks;
  private final SlotTable table;
  private final SegmentReader reader;
  private final SegmentEditor editor;

  /** One sweeps at a time. Fair, so that a sweeper without a pause lets others sweep too. */
  private final ReentrantLock removing = new ReentrantLock(true);

  SegmentSweeper(
      CallGate gate,
      SegmentLocks locks,
      SlotTable table,
      SegmentReader reader,
      SegmentEditor editor) {
    this.gate = gate;
    this.locks = locks;
    this.table = table;
    this.reader = reader;
    this.editor = editor;
  }

  /**
   * Marks whom the task names, waits until nobody is left inside who found them before, and removes
   * those whom no heartbeat has brought back. If some user of these segments has come back
   * meanwhile, it cannot tell whether that was one of them, and starts again with those who are
   * still marked.
   */
  int sweep(int segment, SweepTask task) {
    removing.lock();
    try {
      long revivals = revivals(segment);
      int marked = mark(segment, task);
      int removed = 0;
      for (int attempt = 0; marked > 0 && attempt < SWEEP_ATTEMPTS; attempt++) {
        gate.awaitLeavers();
        removed += remove(segment, revivals, task.userIds, marked);
        long before = revivals;
        revivals = revivals(segment);
        marked = revivals == before ? 0 : stillMarked(task.userIds, marked);
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

  private int mark(int segment, SweepTask task) {
    Ticket ticket = gate.enter();
    try {
      return reader.mark(segment, task);
    } finally {
      ticket.state = ticket.outside;
    }
  }

  /** Moves those who are still marked to the front and returns how many they are. */
  private int stillMarked(long[] userIds, int count) {
    Ticket ticket = gate.enter();
    try {
      int marked = 0;
      for (int i = 0; i < count; i++) {
        long address =
            table.find(
                userIds[i],
                ChronicleStore.hash(userIds[i])); // sure, because only this thread removes
        if (address != 0 && RawMemory.getIntVolatile(address) == Stamp.NONE) {
          userIds[marked++] = userIds[i];
        }
      }
      return marked;
    } finally {
      ticket.state = ticket.outside;
    }
  }

  private int remove(int segment, long revivals, long[] userIds, int count) {
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

  /** Removes forgotten users at once. Only where nobody can be inside who has found them. */
  int removeForgotten(long[] userIds, int count) {
    int removed = 0;
    for (int i = 0; i < count; i++) {
      int segment = table.segmentOf(ChronicleStore.hash(userIds[i]));
      removed += remove(segment, revivals(segment), new long[] {userIds[i]}, 1);
    }
    return removed;
  }
}
