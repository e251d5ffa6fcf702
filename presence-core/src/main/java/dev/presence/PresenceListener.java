package dev.presence;

/**
 * Is told who comes and who goes; see {@link Presence#subscribe(PresenceListener,
 * java.util.concurrent.Executor)}.
 *
 * <p><strong>Order.</strong> The listener starts from "everybody is offline". For each user {@link
 * #onOnline} and {@link #onOffline} alternate, beginning with {@code onOnline}, and come in the
 * order in which they happened; between users there is no order. Each transition comes exactly
 * once, unless the queue of the subscription overflows: then {@link #onResync} begins anew.
 *
 * <p><strong>Threads.</strong> The subscription's executor runs the methods, one call at a time,
 * each of which sees what the one before has done. No lock is held, so a listener may block, call
 * the presence, and close the subscription or the presence. It delays nobody else's events.
 *
 * <p><strong>Failures.</strong> What a method throws is counted ({@link
 * PresenceSubscription#failures()}), logged the first time, and ends nothing: the next event
 * follows.
 */
public interface PresenceListener {

  /**
   * A user has come online, or is online at the start.
   *
   * @param userId the user
   * @param epochSecond the heartbeat that is known when the event is noticed, which as a rule is
   *     the one that brought the user
   */
  void onOnline(long userId, long epochSecond);

  /**
   * A user has gone: no heartbeat for the online window and the grace period, or a disconnect.
   *
   * @param userId the user
   * @param lastSeenEpochSecond the last heartbeat, in epoch seconds
   */
  void onOffline(long userId, long lastSeenEpochSecond);

  /**
   * Events have been dropped because this listener was too slow for its queue. Forget everything:
   * everybody counts as offline from here, and {@link #onOnline} follows for all who are online.
   */
  default void onResync() {}
}
