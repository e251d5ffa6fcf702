package dev.presence.internal.concurrent;

/**
 * The place of one call inside a {@link CallGate}. It belongs to one call at a time, from {@link
 * CallGate#enter()} until that call leaves:
 *
 * <pre>{@code
 * Ticket ticket = gate.enter();
 * try {
 *   …
 * } finally {
 *   ticket.state = ticket.outside;
 * }
 * }</pre>
 *
 * <p><strong>Why leaving is an assignment and not a method.</strong> A call may reach the end of
 * its thread's stack anywhere, even in the finally block. A method called there would throw {@link
 * StackOverflowError} again, and the ticket would stay taken for ever. An assignment to a field
 * needs no stack. For the same reason {@code enter} calls nothing between taking the ticket and
 * returning it.
 */
public final class Ticket extends TicketState {

  /** Keeps whatever follows in memory away from {@link #state}. */
  long p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32;
}

/**
 * Keeps whatever precedes in memory away from the state: by two cache lines, because processors
 * fetch them in pairs.
 */
abstract class TicketPadding {
  long p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15, p16;
}

/** The fields of a {@link Ticket}; a class of its own because the JVM orders fields by class. */
abstract class TicketState extends TicketPadding {

  /** Even: free. Odd: a call has the ticket. Grows by one when it is taken and when given back. */
  public volatile long state;

  /** The state that gives the ticket back. Only the call that has the ticket uses it. */
  public long outside;
}
