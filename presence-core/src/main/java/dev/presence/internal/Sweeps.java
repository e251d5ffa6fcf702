package dev.presence.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Removes the users whose stamps have reached the retention: one segment at a time, each inside the
 * gate on its own, so that {@code close} never waits for more than one segment.
 */
final class Sweeps {

  private final ChronicleStore store;
  private final CloseGate gate;
  private final long retentionSeconds;

  private final AtomicLong completed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong removed = new AtomicLong();
  private final AtomicLong disconnects = new AtomicLong();

  private final ReentrantLock makingRoom = new ReentrantLock();
  private State lastForRoom = State.NONE; // guarded by makingRoom

  Sweeps(ChronicleStore store, CloseGate gate, long retentionSeconds) {
    this.store = store;
    this.gate = gate;
    this.retentionSeconds = retentionSeconds;
  }

  /** One full pass at this moment; returns how many users it removed. */
  long pass(long now) {
    long count = 0;
    for (int segment = 0; segment < store.segments(); segment++) {
      count += sweepSegment(segment, now);
    }
    passCompleted();
    return count;
  }

  /** The part of a pass that belongs to one segment; returns how many users it removed. */
  int sweepSegment(int segment, long now) {
    int stripe = gate.enter();
    try {
      int count = store.removeOlder(segment, now, retentionSeconds);
      removed.addAndGet(count);
      return count;
    } finally {
      gate.exit(stripe);
    }
  }

  /**
   * Sweeps because a new user found no room. While the map stays full each such user would cost a
   * pass over all of it, so a pass is left out where it could remove nobody: when in this second
   * one was made for the same reason and since then nobody was inserted or disconnected. Stamps
   * only go up otherwise.
   */
  void makeRoom(long now) {
    makingRoom.lock();
    try {
      State state = new State(now, store.insertions(), disconnects.get());
      if (!state.equals(lastForRoom)) {
        pass(now);
        lastForRoom = state; // as it was before the pass: what came meanwhile counts as later
      }
    } finally {
      makingRoom.unlock();
    }
  }

  /** Somebody was disconnected, and may be removable before the retention has passed. */
  void disconnected() {
    disconnects.incrementAndGet();
  }

  void passCompleted() {
    completed.incrementAndGet();
  }

  void passFailed() {
    failed.incrementAndGet();
  }

  int segments() {
    return store.segments();
  }

  long completed() {
    return completed.get();
  }

  long failed() {
    return failed.get();
  }

  long removed() {
    return removed.get();
  }

  private record State(long now, long insertions, long disconnects) {
    static final State NONE = new State(-1, -1, -1);
  }
}
