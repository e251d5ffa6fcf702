package dev.presence.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Removes the users whose stamps have reached the retention, one segment at a time, and
 * disconnects. Enters the gate anew for each step, so that {@code close} never waits for more than
 * a part of one segment.
 */
final class Sweeps {

  private final StampStore store;
  private final CallGate gate;
  private final long retentionSeconds;

  private final AtomicLong completed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong removed = new AtomicLong();

  /** Whoever is disconnected may be removable before the retention has passed. */
  private final AtomicLong disconnects = new AtomicLong();

  private final ReentrantLock removing = new ReentrantLock();
  private final ReentrantLock makingRoom = new ReentrantLock();
  private State lastForRoom = State.NONE; // guarded by makingRoom

  Sweeps(StampStore store, CallGate gate, long retentionSeconds) {
    this.store = store;
    this.gate = gate;
    this.retentionSeconds = retentionSeconds;
  }

  /** One full pass at this moment; returns how many users it removed. */
  long pass(long now) {
    long[] userIds = newBuffer();
    long count = 0;
    for (int segment = 0; segment < store.segments(); segment++) {
      count += sweepSegment(segment, now, userIds);
    }
    passCompleted();
    return count;
  }

  /** A buffer for {@link #sweepSegment}. */
  long[] newBuffer() {
    return new long[store.largestSegment()];
  }

  /**
   * The part of a pass that belongs to one segment: marks who has expired, waits until nobody is
   * left inside who found them before, and removes those whom no heartbeat has brought back.
   * Returns how many users it removed.
   *
   * <p>One at a time, so that a mark which {@link #remove} finds has been there since before the
   * wait: nobody else marks a user meanwhile whom a heartbeat brought back.
   */
  int sweepSegment(int segment, long now, long[] userIds) {
    removing.lock();
    try {
      int marked = mark(segment, now, userIds);
      if (marked == 0) {
        return 0;
      }
      gate.awaitLeavers();
      int count = remove(userIds, marked);
      removed.addAndGet(count);
      return count;
    } finally {
      removing.unlock();
    }
  }

  /**
   * Takes a user offline. The stamp becomes one that is exactly a window old, which is offline for
   * the window and every shorter one, and as late as that can be. In the first seconds of 1970
   * there is none; then the user is marked, like one who has expired.
   */
  void disconnect(long userId, long now, long windowSeconds) {
    long stamp = now - windowSeconds;
    if (stamp >= Stamp.FIRST) {
      lower(userId, (int) stamp);
    } else {
      removing.lock(); // nobody else marks while a sweep is between its mark and its removal
      try {
        lower(userId, Stamp.NONE);
      } finally {
        removing.unlock();
      }
    }
    disconnects.incrementAndGet();
  }

  private void lower(long userId, int stamp) {
    int ticket = gate.enter();
    try {
      store.lower(userId, stamp);
    } finally {
      gate.exit(ticket);
    }
  }

  private int mark(int segment, long now, long[] userIds) {
    int ticket = gate.enter();
    try {
      return store.markOlder(segment, now, retentionSeconds, userIds);
    } finally {
      gate.exit(ticket);
    }
  }

  private int remove(long[] userIds, int marked) {
    int ticket = gate.enter();
    try {
      return store.removeMarked(userIds, marked);
    } finally {
      gate.exit(ticket);
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
      State state = new State(now, store.users().insertions(), disconnects.get());
      if (!state.equals(lastForRoom)) {
        pass(now);
        lastForRoom = state; // as it was before the pass: what came meanwhile counts as later
      }
    } finally {
      makingRoom.unlock();
    }
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
