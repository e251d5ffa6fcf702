package dev.presence.internal.store;

/**
 * Tells who comes and who goes. For those who listen, a user is online while the stamp is later
 * than the <em>horizon</em>, a second that the listeners' side moves. Each user is announced or is
 * not; a transition is the change from one to the other, and is told exactly once.
 *
 * <p>Transitions of heartbeats, disconnects and sweeps wait in logs, each of which serves some of
 * the segments; a user's are all in the same log. Every method here fetches what waits in the log
 * concerned before it adds what it finds itself, so the order of a user's transitions is kept. One
 * thread at a time calls the methods.
 */
public interface TransitionFeed {

  /**
   * Begins: announces who is online, and tells nobody of these.
   *
   * @param wake makes the thread that drains the logs come early; must not wait
   */
  void start(int horizon, Runnable wake);

  /** Ends. Transitions that nobody has fetched are lost. May be started again. */
  void stop();

  /** The horizon, or {@link Stamp#NONE} while nobody listens. */
  int horizon();

  /** Moves the horizon. Who is offline behind it is told by {@link #expire}. */
  void moveTo(int horizon);

  /** How many logs there are. */
  int logs();

  /** Fetches what waits in a log. */
  void drain(int log, TransitionList into);

  /** Adds the users of a segment who are offline since the horizon has moved ahead. */
  void expire(int segment, TransitionList into);

  /**
   * Adds each user of a segment who should be announced and is not, or is and should not: after the
   * horizon has moved back, or an Error has ended a call half-way.
   */
  void reconcile(int segment, TransitionList into);

  /**
   * Copies who is announced in a segment.
   *
   * @param pending receives what has happened before
   */
  void copyAnnounced(int segment, TransitionList pending, TransitionList announced);

  /** Copies a single user, if announced. */
  void copyAnnounced(long userId, TransitionList pending, TransitionList announced);
}
