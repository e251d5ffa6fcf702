package dev.presence.internal.transitions;

/**
 * Whom a subscription tells. Any thread may ask whether it is ready; all else is called by one
 * thread at a time, and what it throws is counted as a failure.
 */
interface Receiver {

  /** Whether it takes an event now. */
  boolean isReady();

  /** Takes an event. */
  void receive(EventQueue.Event event);

  /** Whether it wants to hear that the subscription has ended. */
  boolean wantsEnd();

  /** The subscription has ended; nothing follows. */
  void end();

  /** What it is called in the log. */
  String name();
}
