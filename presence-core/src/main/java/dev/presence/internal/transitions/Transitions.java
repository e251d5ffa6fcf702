package dev.presence.internal.transitions;

import dev.presence.PresenceListener;
import dev.presence.PresenceSubscription;
import dev.presence.PresenceTransition;
import dev.presence.internal.jfr.Events;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.StampStore;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.function.Supplier;

/** The subscriptions of one instance. Costs nothing while there are none. */
public final class Transitions {

  /** How many events wait for a listener at most: as many as leave a large store at once. */
  private static final int LONGEST_QUEUE = 1 << 20;

  private static final int SHORTEST_QUEUE = 1 << 10;

  private final long graceSeconds;
  private final long windowSeconds;
  private final PauseGuard guard;
  private final Dispatcher dispatcher;

  // Null where the caller sweeps, and dispatches by that.
  private final DispatcherThread thread;
  private final TransitionLoop loop;

  private final int queueLimit;

  /**
   * Makes ready for subscriptions.
   *
   * @param name the name of the instance
   * @param holdSeconds how late is too late, and how long nobody is told to be offline then; 0 for
   *     never
   * @param hasThread whether a thread dispatches; else {@link #dispatch} does
   * @param events told of what happens
   */
  public Transitions(
      String name,
      StampStore store,
      EpochClock clock,
      long windowSeconds,
      long graceSeconds,
      long holdSeconds,
      boolean hasThread,
      Events events) {
    this(
        name,
        store,
        clock,
        windowSeconds,
        graceSeconds,
        holdSeconds,
        hasThread,
        events,
        LONGEST_QUEUE);
  }

  /** For tests of queues that overflow. */
  Transitions(
      String name,
      StampStore store,
      EpochClock clock,
      long windowSeconds,
      long graceSeconds,
      long holdSeconds,
      boolean hasThread,
      Events events,
      int queueLimit) {
    this.windowSeconds = windowSeconds;
    this.graceSeconds = graceSeconds;
    long holdNanos = hasThread ? holdSeconds * 1_000_000_000L : 0;
    this.guard = new PauseGuard(holdNanos, clock.isSystem());
    this.thread = hasThread ? new DispatcherThread(name + "-transitions") : null;
    Runnable wake = hasThread ? thread::wake : () -> {};
    this.dispatcher =
        new Dispatcher(
            store,
            new Subscriptions(store, events),
            clock,
            guard,
            windowSeconds + graceSeconds,
            wake);
    this.queueLimit = Math.max(queueLimit, dispatcher.smallestQueue());
    this.loop = hasThread ? new TransitionLoop(dispatcher, thread) : null;
  }

  /** Forgives the time that the process was away: since the last second known to a snapshot. */
  public void resume(long lastKnownSecond, long nowSecond) {
    guard.resume(lastKnownSecond, nowSecond, System.nanoTime());
  }

  /**
   * Adds a listener.
   *
   * @param userIds whom it wants to know about; null for everybody
   */
  public PresenceSubscription subscribe(
      long[] userIds, PresenceListener listener, Executor executor) {
    Subscription subscription =
        subscription(distinct(userIds), new ListenerReceiver(listener), executor);
    add(subscription);
    return subscription;
  }

  /**
   * Makes a publisher, of which each subscriber has a subscription of its own.
   *
   * @param userIds whom the subscribers want to know about; null for everybody
   * @param closedException what those get who come when this has closed
   */
  public Flow.Publisher<PresenceTransition> publisher(
      long[] userIds, Executor executor, Supplier<? extends Throwable> closedException) {
    long[] ids = distinct(userIds);
    return subscriber -> {
      SubscriberReceiver receiver =
          new SubscriberReceiver(Objects.requireNonNull(subscriber, "subscriber"));
      Subscription subscription = subscription(ids, receiver, executor);
      receiver.begin(subscription);
      if (dispatcher.isClosed()) {
        receiver.fail(closedException.get());
      } else if (!subscription.isClosed()) {
        addOrFail(subscription, receiver);
      }
    };
  }

  /** Throws nothing: rule 1.9. */
  private void addOrFail(Subscription subscription, SubscriberReceiver receiver) {
    try {
      add(subscription);
    } catch (Throwable e) {
      receiver.fail(e); // there is no memory for the thread
    }
  }

  private static long[] distinct(long[] userIds) {
    return userIds == null ? null : Arrays.stream(userIds).sorted().distinct().toArray();
  }

  private Subscription subscription(long[] ids, Receiver receiver, Executor executor) {
    int limit = ids == null ? queueLimit : queueLimit(ids.length);
    return new Subscription(ids, receiver, executor, limit, thread);
  }

  private void add(Subscription subscription) {
    dispatcher.add(subscription);
    if (loop != null) {
      try {
        loop.start();
      } catch (Throwable e) {
        subscription.close(); // nobody would dispatch for it
        throw e;
      }
    }
  }

  /** Enough for four events of each user. */
  private int queueLimit(int users) {
    return (int) Math.min(queueLimit, Math.max(SHORTEST_QUEUE, 4L * users));
  }

  /** Whether somebody listens and the caller has to dispatch. */
  public boolean areDispatchedByCaller() {
    return loop == null && dispatcher.mayHaveWork();
  }

  /** Dispatches what has happened, where the caller sweeps. Call {@link #deliver} afterwards. */
  public void dispatch() {
    dispatcher.round(Long.MAX_VALUE);
  }

  /** Has the executors run the listeners. Under no lock. */
  public void deliver() {
    dispatcher.deliver();
    while (loop == null && dispatcher.hasMoreToJoin()) {
      dispatcher.round(Long.MAX_VALUE);
      dispatcher.deliver();
    }
  }

  /** The second at which the stamp of somebody who leaves now is offline for everybody. */
  public long offlineSecond(long nowSeconds) {
    long second = Math.min(nowSeconds, guard.heldSecond(System.nanoTime()));
    return second - windowSeconds - graceSeconds;
  }

  /** How many subscriptions there are. */
  public int subscriptions() {
    return dispatcher.subscriptions().count();
  }

  /** How many events wait for all listeners together. */
  public long queuedEvents() {
    return dispatcher.subscriptions().queuedEvents();
  }

  /** How long the event has waited that has waited the longest; 0 if none waits. */
  public long longestLagMillis() {
    return dispatcher.subscriptions().longestLagMillis();
  }

  /** How often events were dropped and a listener was told everything anew. */
  public long resyncs() {
    return dispatcher.subscriptions().resyncs();
  }

  /** How often the thread that dispatches was late. */
  public long lateTicks() {
    return loop == null ? 0 : loop.lateTicks();
  }

  /** How often nobody was told to be offline, because the process or the clock was late. */
  public long holds() {
    return guard.holds();
  }

  /** Ends all subscriptions. Under no lock: it calls the executors of subscribers. */
  public void close() {
    dispatcher.close();
    if (loop != null) {
      loop.stop();
    }
  }
}
