package dev.presence.internal;

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
 * <p><strong>Why leaving is an assignment and no method.</strong> A call may meet the end of its
 * thread's stack anywhere, also in the finally block, where calling a method would throw {@link
 * StackOverflowError} again and leave the ticket taken for ever. An assignment to a field needs no
 * stack. For the same reason {@code enter} calls nothing between taking the ticket and returning
 * it.
 */
final class Ticket extends TicketState {

  /** Keeps whatever lies behind away from {@link #state}. */
  long p17, p18, p19, p20, p21, p22, p23, p24, p25, p26, p27, p28, p29, p30, p31, p32;
}

/**
 * Keeps whatever lies before away from the state: two cache lines, as processors fetch in pairs.
 */
abstract class TicketPadding {
  long p01, p02, p03, p04, p05, p06, p07, p08, p09, p10, p11, p12, p13, p14, p15, p16;
}

/** What a {@link Ticket} consists of; a class of its own because the JVM orders fields by class. */
abstract class TicketState extends TicketPadding {

  /** Even: nobody has it. Odd: a call has it. Grows by one each time it is taken or given back. */
  volatile long state;

  /** The state that gives the ticket back. Written and read by the call that has it. */
  long outside;
}
