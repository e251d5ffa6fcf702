package dev.presence.internal;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps {@code close} from releasing memory under a call's feet: a call enters before it touches
 * the memory and exits after, and {@link #close()} waits until nobody is inside.
 *
 * <p>Why nobody can slip through: a call first adds itself to a counter and then reads {@code
 * closed}; the closer first writes {@code closed} and then reads the counters. All four accesses
 * are volatile, so they have one order, in which at least one side sees the other: either the call
 * sees that the gate is closed and leaves, or the closer sees the call and waits for it.
 *
 * <p>The counters are striped by thread and a stripe has 128 bytes to itself, so that callers on
 * different processors seldom share a cache line. A call must not wait for another call while
 * inside, nor run the application's code: {@code close} could come from there and would wait for
 * itself.
 */
final class CloseGate {

  private static final int PADDING = 16; // longs: two cache lines, as processors fetch in pairs
  private static final int STRIPES = stripes();

  private static final long LOOK_AGAIN_NANOS = 50_000;

  private final AtomicLongArray inside = new AtomicLongArray((STRIPES + 1) * PADDING);
  private volatile boolean closed;

  /**
   * Enters, to be followed by {@link #exit(int)} in a finally block.
   *
   * @return the ticket to give to {@code exit}
   * @throws IllegalStateException if the gate is closed
   */
  int enter() {
    int stripe = stripeOf(Thread.currentThread());
    inside.getAndIncrement(stripe);
    if (closed) {
      inside.getAndDecrement(stripe);
      throw closedException();
    }
    return stripe;
  }

  void exit(int stripe) {
    inside.getAndDecrement(stripe);
  }

  boolean isClosed() {
    return closed;
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
    for (int stripe = PADDING; stripe < inside.length(); stripe += PADDING) {
      while (inside.get(stripe) != 0) {
        LockSupport.parkNanos(this, LOOK_AGAIN_NANOS); // returns at once for an interrupted caller
      }
    }
    return true;
  }

  static IllegalStateException closedException() {
    return new IllegalStateException("presence is closed");
  }

  private static int stripeOf(Thread thread) {
    long id = thread.getId() * 0x9E3779B97F4A7C15L; // neighbours in number spread over the stripes
    return PADDING + (int) (id >>> 40 & (STRIPES - 1)) * PADDING;
  }

  /** Four times as many as processors, as a power of two: few threads meet by chance. */
  private static int stripes() {
    return Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 8 - 1);
  }
}
