package dev.presence;

import java.time.Duration;

/**
 * A listener's subscription, and what has become of it. Safe for use by many threads. The figures
 * are each exact by themselves and together no snapshot of one moment.
 */
public interface PresenceSubscription extends AutoCloseable {

  /**
   * Ends the subscription. Waiting events are dropped; one that another thread has already taken
   * may still reach the listener. From the listener itself: nothing follows. Does nothing the
   * second time. {@link Presence#close()} ends all subscriptions.
   */
  @Override
  void close();

  /**
   * Whether the subscription has ended, by {@link #close()} or with the presence.
   *
   * @return true once it has
   */
  boolean isClosed();

  /**
   * How many events wait for the listener.
   *
   * @return zero or more
   */
  int queueDepth();

  /**
   * How many events the listener has been given, including those it failed on.
   *
   * @return calls of {@code onOnline}, {@code onOffline} and {@code onResync}
   */
  long delivered();

  /**
   * How often events were dropped and everything was told anew.
   *
   * @return calls of {@code onResync}, including one that is still to come
   */
  long resyncs();

  /**
   * How often the listener threw, or the executor refused a task. A refused task is tried again
   * after a second.
   *
   * @return zero or more
   */
  long failures();

  /**
   * How long the oldest waiting event has waited.
   *
   * @return zero if none waits; to the millisecond
   */
  Duration lag();
}
