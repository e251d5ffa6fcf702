package dev.presence.internal.concurrent;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Knows which calls are inside, changing memory that must not go away, or that must not become
 * another user's. A call takes a {@link Ticket} before and gives it back after. {@link #close()}
 * lets nobody in any more; {@link #awaitLeavers()} waits until every call that is inside now has
 * left, while others may come and go.
 *
 * <p><strong>Why nobody slips past close.</strong> A call first takes a ticket, by compare-and-set,
 * and then reads {@code era}; the closer first writes {@code era} and then reads the tickets. All
 * four accesses are volatile, so they have one order, in which at least one side sees the other:
 * either the call sees that the gate is closed and leaves, or the closer sees the ticket and waits.
 * Additional tickets are published before one of them is taken, so the same holds for a call whose
 * ticket the closer does not know.
 *
 * <p><strong>Why awaitLeavers misses nobody.</strong> It writes {@code era}, then reads all
 * tickets. For each whose state is odd, it waits until that state has changed; states never repeat,
 * so a change means that the call has left. Newcomers cannot keep it waiting. It may overlook a
 * latecomer, who takes a ticket after this has read it. In the one order of volatile accesses the
 * latecomer's read of {@code era} comes after the write, so the latecomer sees all that was written
 * before the call of {@code awaitLeavers}, and so do its plain reads of memory, which come after
 * that.
 *
 * <p>Inside, a call must not wait for another call or for a lock, and must not run the
 * application's code: {@code close} could come from there and would wait for itself. So a virtual
 * thread is never unmounted inside.
 *
 * <p>Each thread starts its search for a free ticket at a place of its own, so that callers on
 * different processors seldom share a cache line.
 */
public final class CallGate {

  private static final long CLOSED = -1;
  private static final int SPINS = 200;
  private static final long LOOK_AGAIN_NANOS = 50_000;
  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Ticket.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile Ticket[] tickets = newTickets(Stripes.perProcessor());

  /** How often a thread has begun to wait for leavers; {@link #CLOSED} when the gate is closed. */
  private volatile long era;

  /**
   * Enters. A try block must follow at once, whose finally block gives the ticket back as {@link
   * Ticket} says.
   *
   * @throws IllegalStateException if the gate is closed
   */
  public Ticket enter() {
    while (true) {
      Ticket[] all = tickets;
      int first = Stripes.ofThread(all.length);
      for (int i = 0; i < all.length; i++) {
        Ticket ticket = all[(first + i) & (all.length - 1)];
        long free = ticket.state;
        if ((free & 1) == 0 && STATE.compareAndSet(ticket, free, free + 1)) {
          ticket.outside = free + 2;
          if (era == CLOSED) { // pairs with close
            ticket.state = free + 2;
            throw closedException();
          }
          return ticket;
        }
      }
      addTickets(all);
    }
  }

  /**
   * Needed when more calls are inside than there are tickets: threads have lost their processors.
   */
  private synchronized void addTickets(Ticket[] all) {
    if (tickets == all) {
      Ticket[] more = Arrays.copyOf(all, 2 * all.length);
      System.arraycopy(newTickets(all.length), 0, more, all.length, all.length);
      tickets = more;
    }
  }

  private static Ticket[] newTickets(int count) {
    Ticket[] made = new Ticket[count];
    for (int i = 0; i < count; i++) {
      made[i] = new Ticket();
    }
    return made;
  }

  /** Whether {@link #close()} has been called. */
  public boolean isClosed() {
    return era == CLOSED;
  }

  /**
   * Waits until every call that is inside now has left; after {@link #close()} nobody is inside
   * then. Call it from outside. Ignores interrupts and preserves the interrupt flag.
   */
  public void awaitLeavers() {
    beginEra();
    Ticket[] all = tickets;
    long[] seen = new long[all.length];
    for (int i = 0; i < all.length; i++) {
      seen[i] = all[i].state; // pairs with enter
    }
    for (int i = 0; i < all.length; i++) {
      if ((seen[i] & 1) != 0) {
        awaitChange(all[i], seen[i]);
      }
    }
  }

  private synchronized void beginEra() {
    if (era != CLOSED) {
      era++;
    }
  }

  /**
   * Closes the gate: nobody can enter any more. Calls inside go on.
   *
   * @return whether this call closed it; false if another one did
   */
  public synchronized boolean close() {
    boolean first = era != CLOSED;
    era = CLOSED;
    return first;
  }

  /** Waits until the call that had the ticket when its state was seen has left. */
  private void awaitChange(Ticket ticket, long seen) {
    boolean interrupted = false;
    try {
      for (int looks = 0; ticket.state == seen; looks++) {
        if (looks < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.parkNanos(this, LOOK_AGAIN_NANOS);
          interrupted |= Thread.interrupted(); // an interrupted thread would never park
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What a call throws that comes too late. */
  public static IllegalStateException closedException() {
    return new IllegalStateException("presence is closed");
  }
}
