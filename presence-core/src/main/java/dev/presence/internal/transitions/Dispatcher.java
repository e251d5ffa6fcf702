package dev.presence.internal.transitions;

import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.store.TransitionFeed;
import dev.presence.internal.store.TransitionList;
import java.util.concurrent.TimeUnit;

/**
 * Moves the horizon, and takes transitions out of the store for the {@link Subscriptions}. Runs no
 * code of the application but its clock.
 *
 * <p><strong>Why a start has no gap and no duplicate.</strong> A subscription of everybody joins a
 * segment at a time, one of some users an id at a time. Under one lock the store copies who is
 * announced and hands out what has happened before. That goes to those who have joined already;
 * then the subscription gets the copies; and from then on it gets what follows. A subscription that
 * overflows starts over in the same way.
 *
 * <p>Work comes in slices, so that no transition waits for long work to end.
 */
final class Dispatcher {

  private static final long HEAL_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** So many events of a start wait before the rest of it does. */
  private static final int JOINED_AHEAD = 1 << 16;

  /** So many ids join before this looks at the time again. */
  private static final int IDS_AT_ONCE = 64;

  private final StampStore store;
  private final TransitionFeed feed;
  private final EpochClock clock;
  private final PauseGuard guard;
  private final long offlineAgeSeconds;
  private final Runnable wake;

  private final Subscriptions subscriptions;

  // Guarded by this, from here on.
  private TransitionList found = new TransitionList();
  private final TransitionList copies = new TransitionList();
  private volatile boolean isStarted; // read elsewhere, too

  /** Whether a round has begun and not ended. */
  private boolean isUnderWay;

  private volatile boolean isClosed; // read elsewhere, too
  private int nextToExpire;
  private int leftToExpire;
  private int nextToReconcile;
  private int leftToReconcile;
  private long reconciledNanos;
  private int nowMillis;

  /**
   * Dispatches what happens in this store.
   *
   * @param subscriptions who listens; nobody yet
   * @param offlineAgeSeconds at this age of the last heartbeat a user is gone
   * @param wake has {@link #round} called soon; must not wait
   */
  Dispatcher(
      StampStore store,
      Subscriptions subscriptions,
      EpochClock clock,
      PauseGuard guard,
      long offlineAgeSeconds,
      Runnable wake) {
    this.store = store;
    this.feed = store.transitions();
    this.clock = clock;
    this.guard = guard;
    this.offlineAgeSeconds = offlineAgeSeconds;
    this.wake = wake;
    this.subscriptions = subscriptions;
  }

  /** The fewest events that a queue must hold: all users of a segment come in one go. */
  int smallestQueue() {
    return 2 * store.largestSegment();
  }

  /** Adds a subscription; it joins in the next round. */
  void add(Subscription subscription) {
    subscriptions.add(subscription);
    if (isClosed) { // pairs with close
      subscription.presenceClosed();
      subscription.deliver();
    }
  }

  /**
   * Does what is to be done now, in so much time at most.
   *
   * @return whether there is more to do at once
   */
  synchronized boolean round(long budgetNanos) {
    if (isClosed) {
      return false;
    }
    long nowSeconds = clock.nowSeconds(); // first: one that throws has changed nothing
    if (isUnderWay) {
      recover();
    }
    isUnderWay = true;
    boolean isDone = true;
    subscriptions.admit();
    if (subscriptions.all().length == 0) {
      stop();
    } else {
      nowMillis = Subscription.millis();
      isDone = work(nowSeconds, System.nanoTime(), budgetNanos);
    }
    isUnderWay = false;
    return !isDone;
  }

  /**
   * Starts over with everybody: something has ended the last round half-way, and transitions may
   * have been lost.
   */
  private void recover() {
    found = new TransitionList();
    subscriptions.recover();
  }

  /** Moves the horizon, and tells what there is; returns whether nothing is left to do. */
  private boolean work(long nowSeconds, long startNanos, long budgetNanos) {
    moveHorizon(nowSeconds, startNanos);
    for (int log = 0; log < feed.logs(); log++) {
      feed.drain(log, found);
      subscriptions.tell(found, nowMillis);
    }
    while (leftToExpire > 0) {
      leftToExpire--;
      feed.expire(nextToExpire, found);
      nextToExpire = (nextToExpire + 1) % store.segments();
      subscriptions.tell(found, nowMillis);
      if (System.nanoTime() - startNanos > budgetNanos) {
        return false;
      }
    }
    while (leftToReconcile > 0) {
      leftToReconcile--;
      feed.reconcile(nextToReconcile, found);
      nextToReconcile = (nextToReconcile + 1) % store.segments();
      subscriptions.tell(found, nowMillis);
      if (System.nanoTime() - startNanos > budgetNanos) {
        return false;
      }
    }
    for (Subscription subscription : subscriptions.all()) {
      while (joinOne(subscription)) {
        if (System.nanoTime() - startNanos > budgetNanos) {
          return false;
        }
      }
    }
    return true;
  }

  private void moveHorizon(long nowSeconds, long nanoTime) {
    long second = guard.second(nowSeconds, nanoTime);
    int horizon = (int) Math.max(Stamp.NONE, second - offlineAgeSeconds);
    if (!isStarted) {
      start(horizon, nanoTime);
      return;
    }
    int before = feed.horizon();
    if (horizon != before) {
      feed.moveTo(horizon);
      if (Integer.compareUnsigned(horizon, before) > 0) {
        leftToExpire = store.segments();
      } else {
        leftToReconcile = store.segments(); // who was gone may be online again
      }
    }
    if (nanoTime - reconciledNanos > HEAL_NANOS) {
      reconciledNanos = nanoTime;
      leftToReconcile = store.segments(); // an Error may have ended a call half-way
    }
  }

  private void start(int horizon, long nanoTime) {
    isStarted = true;
    leftToExpire = 0;
    leftToReconcile = 0;
    reconciledNanos = nanoTime;
    try {
      feed.start(horizon, wake);
    } catch (Throwable e) {
      stop();
      throw e;
    }
  }

  private void stop() {
    if (isStarted) {
      isStarted = false;
      feed.stop();
      guard.restart();
    }
  }

  /** Takes the next step of a subscription's start; false if it has joined or has to wait. */
  private boolean joinOne(Subscription subscription) {
    Subscription.Progress progress = subscription.progress();
    EventQueue queue = subscription.queue();
    if (progress.owesResync) {
      if (queue.size() > queue.limit() / 2) {
        return false; // the listener is still busy with what came before
      }
      queue.add(EventQueue.RESYNC, 0, 0, nowMillis);
      progress.owesResync = false;
    }
    return progress.userIds == null
        ? joinSegment(subscription, progress)
        : joinUsers(subscription, progress);
  }

  private boolean joinSegment(Subscription subscription, Subscription.Progress progress) {
    if (progress.joined == store.segments() || isBusy(subscription)) {
      return false;
    }
    copies.clear();
    feed.copyAnnounced(progress.joined, found, copies);
    subscriptions.tell(found, nowMillis);
    if (!hasRoom(subscription)) {
      return false; // that was too much
    }
    progress.joined++;
    subscriptions.tellOnline(subscription, copies, nowMillis);
    return true;
  }

  private boolean joinUsers(Subscription subscription, Subscription.Progress progress) {
    for (int i = 0; i < IDS_AT_ONCE; i++) {
      if (progress.joined == progress.userIds.length || subscription.queue().room() == 0) {
        return false;
      }
      long userId = progress.userIds[progress.joined];
      copies.clear();
      feed.copyAnnounced(userId, found, copies);
      subscriptions.tell(found, nowMillis);
      if (!hasRoom(subscription)) {
        return false;
      }
      subscriptions.join(subscription, userId);
      progress.joined++;
      subscriptions.tellOnline(subscription, copies, nowMillis);
    }
    return true;
  }

  /** Whether the listener should first catch up: a large store need not fit into the queue. */
  private boolean isBusy(Subscription subscription) {
    EventQueue queue = subscription.queue();
    boolean isBusy = queue.size() > JOINED_AHEAD || queue.room() < store.largestSegment();
    subscription.progress().isWaiting = isBusy;
    return isBusy;
  }

  private boolean hasRoom(Subscription subscription) {
    return !subscription.progress().owesResync && subscription.queue().room() >= copies.size();
  }

  /** Has the executors run those listeners for whom something waits. Under no lock. */
  void deliver() {
    for (Subscription subscription : subscriptions.all()) {
      subscription.deliver();
    }
  }

  /** Whether nobody listens. */
  boolean isIdle() {
    return subscriptions.isEmpty();
  }

  /** Whether a round would do something: somebody listens, or has listened in the last round. */
  boolean mayHaveWork() {
    return !isIdle() || isStarted;
  }

  /** Who listens; what it says of that, any thread may ask. */
  Subscriptions subscriptions() {
    return subscriptions;
  }

  /** Whether a further round could tell somebody more of the start. */
  synchronized boolean hasMoreToJoin() {
    for (Subscription s : subscriptions.all()) {
      if (!s.isClosed() && !isJoined(s.progress()) && s.queue().size() == 0) {
        return true;
      }
    }
    return false;
  }

  private boolean isJoined(Subscription.Progress progress) {
    int parts = progress.userIds == null ? store.segments() : progress.userIds.length;
    return progress.joined == parts && !progress.owesResync;
  }

  boolean isClosed() {
    return isClosed;
  }

  /**
   * Ends all subscriptions, after the round that is under way, and has them told. Under no lock.
   */
  void close() {
    isClosed = true; // before the newcomers are read; pairs with add
    for (Subscription s : subscriptions.newcomers()) {
      s.presenceClosed();
    }
    synchronized (this) {
      for (Subscription s : subscriptions.all()) {
        s.presenceClosed();
      }
    }
    for (Subscription s : subscriptions.newcomers()) {
      s.deliver();
    }
    deliver();
  }
}
