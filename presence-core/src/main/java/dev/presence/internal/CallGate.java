package dev.presence.internal;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Knows which calls are inside, touching the map's memory. A call enters before and exits after;
 * {@link #close()} waits until nobody is inside and nobody can come, and {@link #awaitLeavers()}
 * waits until everybody who is inside now has left, while others may come and go.
 *
 * <p><strong>Why nobody slips past close.</strong> A call first adds itself to a counter and then
 * reads {@code closed}; the closer first writes {@code closed} and then reads the counters. All
 * four accesses are volatile, so they have one order, in which at least one side sees the other:
 * either the call sees that the gate is closed and leaves, or the closer sees the call and waits.
 *
 * <p><strong>Why awaitLeavers forgets nobody.</strong> Each call counts itself in one of two sets
 * of counters, the one that {@code phase} named when it came. {@code awaitLeavers} waits until the
 * other set is empty, switches the phase, and waits until the set that was current is empty. A call
 * that was inside when it began is counted in one of the two sets, and both have been seen empty
 * since. Newcomers cannot keep it waiting: while it waits for a set, {@code phase} names the other
 * one, and only a call that had read {@code phase} before the switch and counts itself after it
 * still joins. Such a latecomer may be overlooked, rightly: its increment comes after the read of
 * zero in the one order of volatile accesses, so it sees all that was written before {@code
 * awaitLeavers} was called. It is not lost either: the next {@code awaitLeavers} looks at its set
 * first, before it makes that set the current one.
 *
 * <p>The counters are striped by thread, and a stripe has 128 bytes to itself, so that callers on
 * different processors seldom share a cache line. A call must not wait for another call while
 * inside, nor run the application's code: {@code close} could come from there and would wait for
 * itself.
 */
final class CallGate {

  private static final int PADDING = 16; // longs: two cache lines, as processors fetch in pairs
  private static final int STRIPES = stripes();
  private static final int SPINS = 200;
  private static final long LOOK_AGAIN_NANOS = 50_000;

  /** Two counters a stripe, one for each phase, side by side. */
  private final AtomicLongArray inside = new AtomicLongArray((STRIPES + 1) * PADDING);

  private final ReentrantLock awaiting = new ReentrantLock();
  private volatile int phase;
  private volatile boolean closed;

  /**
   * Enters, to be followed by {@link #exit(int)} in a finally block.
   *
   * @return the ticket to give to {@code exit}
   * @throws IllegalStateException if the gate is closed
   */
  int enter() {
    return enter(counter());
  }

  /** The counter of this thread in the current phase. */
  int counter() {
    return stripeOf(Thread.currentThread()) + phase;
  }

  /** The second half of entering. Any time may pass between the two, and any number of phases. */
  int enter(int counter) {
    inside.getAndIncrement(counter);
    if (closed) {
      inside.getAndDecrement(counter);
      throw closedException();
    }
    return counter;
  }

  void exit(int ticket) {
    inside.getAndDecrement(ticket);
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Waits until every call that is inside now has left. To be called from outside. Does not look at
   * interrupts.
   */
  void awaitLeavers() {
    awaiting.lock();
    try {
      int current = phase;
      int other = 1 - current;
      awaitEmpty(other);
      phase = other;
      awaitEmpty(current);
    } finally {
      awaiting.unlock();
    }
  }

  /**
   * Closes the gate and waits until nobody is inside, for as long as that takes. Does not look at
   * interrupts.
   *
   * @return whether this call closed it; false, at once, where another one did
   */
  boolean close() {
    synchronized (this) {
      if (closed) {
        return false;
      }
      closed = true;
    }
    awaitEmpty(0);
    awaitEmpty(1);
    return true;
  }

  private void awaitEmpty(int ofPhase) {
    for (int stripe = PADDING; stripe < inside.length(); stripe += PADDING) {
      for (int looks = 0; inside.get(stripe + ofPhase) != 0; looks++) {
        if (looks < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(this, LOOK_AGAIN_NANOS); // at once for an interrupted caller
        }
      }
    }
  }

  static IllegalStateException closedException() {
    return new IllegalStateException("presence is closed");
  }

  private static int stripeOf(Thread thread) {
    long id = thread.getId() * 0x9E3779B97F4A7C15L; // neighbours in number spread over the stripes
    return PADDING + (int) (id >>> 40 & (STRIPES - 1)) * PADDING;
  }

  /** At least four times as many as processors, as a power of two: few threads meet by chance. */
  private static int stripes() {
    return Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 8 - 1);
  }
}
