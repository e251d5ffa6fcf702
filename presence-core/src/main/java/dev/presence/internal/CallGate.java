package dev.presence.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Knows which calls are inside, touching the map's memory. A call takes a {@link Ticket} before and
 * gives it back after; {@link #close()} lets nobody in any more, and {@link #awaitLeavers()} waits
 * until everybody who is inside now has left, while others may come and go.
 *
 * <p><strong>Why nobody slips past close.</strong> A call first takes a ticket, by compare-and-set,
 * and then reads {@code era}; the closer first writes {@code era} and then reads the tickets. All
 * four accesses are volatile, so they have one order, in which at least one side sees the other:
 * either the call sees that the gate is closed and leaves, or the closer sees the ticket and waits.
 * More tickets are published before one of them is taken, so the same holds for a call whose ticket
 * the closer does not know.
 *
 * <p><strong>Why awaitLeavers forgets nobody.</strong> It writes {@code era}, then reads all
 * tickets, and waits where a state was odd until it has changed; states never repeat, so a change
 * means that the call has left. Newcomers cannot keep it waiting. A latecomer, who takes a ticket
 * after it was read, is overlooked rightly: in the one order of volatile accesses the latecomer's
 * read of {@code era} comes after the write of it, so it sees all that was written before {@code
 * awaitLeavers} was called, and its plain loads of the map's memory, which come after that read,
 * see it too.
 *
 * <p>A call must not wait while inside, neither for another call nor for a lock, nor run the
 * application's code: {@code close} could come from there and would wait for itself. Therefore a
 * virtual thread is never unmounted while inside.
 *
 * <p>Each thread begins its search for a free ticket at a place of its own, so that callers on
 * different processors seldom share a cache line.
 */
final class CallGate {

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

  /** How often somebody has begun to wait for leavers; {@link #CLOSED} when the gate is closed. */
  private volatile long era;

  /**
   * Enters. To be followed by a try block at once, in whose finally block the ticket is given back
   * as {@link Ticket} says.
   *
   * @throws IllegalStateException if the gate is closed
   */
  Ticket enter() {
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

  /** More calls are inside at once than there are tickets: their threads lost their processors. */
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

  boolean isClosed() {
    return era == CLOSED;
  }

  /**
   * Waits until every call that is inside now has left; after {@link #close()} nobody is inside
   * then. To be called from outside. Keeps the caller's interrupt flag and does not look at it.
   */
  void awaitLeavers() {
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
   * Closes the gate: nobody can enter any more. Who is inside stays there.
   *
   * @return whether this call closed it; false where another one did
   */
  synchronized boolean close() {
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

  static IllegalStateException closedException() {
    return new IllegalStateException("presence is closed");
  }
}
