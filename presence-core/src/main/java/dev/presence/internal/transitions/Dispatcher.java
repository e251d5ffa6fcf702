package dev.presence.internal.transitions;

import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.store.TransitionFeed;
import dev.presence.internal.store.TransitionList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * Moves the horizon, takes transitions out of the store, and puts them into the queues of those who
 * listen. Runs no code of the application but its clock.
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

  private final ConcurrentLinkedQueue<Subscription> newcomers = new ConcurrentLinkedQueue<>();

  // Guarded by this, from here on.
  private final List<Subscription> ofEverybody = new ArrayList<>();
  private final List<Subscription> ofSome = new ArrayList<>();
  private UserIndex index = new UserIndex();
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

  /** What {@link #deliver} looks through. */
  private volatile Subscription[] all = {};

  /**
   * Dispatches what happens in this store.
   *
   * @param offlineAgeSeconds at this age of the last heartbeat a user is gone
   * @param wake has {@link #round} called soon; must not wait
   */
  Dispatcher(
      StampStore store, EpochClock clock, PauseGuard guard, long offlineAgeSeconds, Runnable wake) {
    this.store = store;
    this.feed = store.transitions();
    this.clock = clock;
    this.guard = guard;
    this.offlineAgeSeconds = offlineAgeSeconds;
    this.wake = wake;
  }

  /** The fewest events that a queue must hold: all users of a segment come in one go. */
  int smallestQueue() {
    return 2 * store.largestSegment();
  }

  /** Adds a subscription; it joins in the next round. */
  void add(Subscription subscription) {
    newcomers.add(subscription);
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
    admit();
    if (all.length == 0) {
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
    index = new UserIndex();
    listAll();
    for (Subscription subscription : all) {
      subscription.startOver();
    }
  }

  private boolean work(long nowSeconds, long startNanos, long budgetNanos) {
    moveHorizon(nowSeconds, startNanos);
    for (int log = 0; log < feed.logs(); log++) {
      feed.drain(log, found);
      route();
    }
    while (leftToExpire > 0) {
      leftToExpire--;
      feed.expire(nextToExpire, found);
      nextToExpire = (nextToExpire + 1) % store.segments();
      route();
      if (System.nanoTime() - startNanos > budgetNanos) {
        return false;
      }
    }
    while (leftToReconcile > 0) {
      leftToReconcile--;
      feed.reconcile(nextToReconcile, found);
      nextToReconcile = (nextToReconcile + 1) % store.segments();
      route();
      if (System.nanoTime() - startNanos > budgetNanos) {
        return false;
      }
    }
    for (Subscription subscription : all) {
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

  /** Takes newcomers in, and lets go of those who have closed. */
  private void admit() {
    boolean changed = false;
    for (Subscription s; (s = newcomers.poll()) != null; changed = true) {
      (s.progress().userIds == null ? ofEverybody : ofSome).add(s);
    }
    for (Subscription s : all) {
      if (s.isClosed()) {
        leave(s);
        ofEverybody.remove(s);
        ofSome.remove(s);
        changed = true;
      }
    }
    if (changed) {
      listAll();
    }
  }

  private void listAll() {
    List<Subscription> together = new ArrayList<>(ofEverybody);
    together.addAll(ofSome);
    all = together.toArray(Subscription[]::new);
  }

  /** Removes a subscription of some users from the index. */
  private void leave(Subscription subscription) {
    Subscription.Progress progress = subscription.progress();
    for (int i = 0; progress.userIds != null && i < progress.joined; i++) {
      index.remove(progress.userIds[i], subscription);
    }
    progress.joined = 0;
  }

  /** Hands out what has been found. */
  private void route() {
    if (found.isIncomplete()) {
      found.clear();
      startOver();
      return;
    }
    for (int i = 0; i < found.size(); i++) {
      long userId = found.userId(i);
      byte kind = found.isOnline(i) ? EventQueue.ONLINE : EventQueue.OFFLINE;
      for (Subscription subscription : ofEverybody) {
        int joined = subscription.progress().joined;
        if (joined == store.segments() || store.segmentOf(userId) < joined) {
          offer(subscription, kind, userId, found.stamp(i));
        }
      }
      if (!index.isEmpty()) {
        for (Subscription subscription : index.of(userId)) {
          offer(subscription, kind, userId, found.stamp(i));
        }
      }
    }
    found.clear();
  }

  private void offer(Subscription subscription, byte kind, long userId, int stamp) {
    if (!subscription.queue().add(kind, userId, stamp, nowMillis)) {
      startOver(subscription);
    }
  }

  private void startOver() {
    for (Subscription subscription : all) {
      startOver(subscription);
    }
  }

  private void startOver(Subscription subscription) {
    leave(subscription);
    subscription.startOver();
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
    route();
    if (!hasRoom(subscription)) {
      return false; // that was too much
    }
    progress.joined++;
    tell(subscription);
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
      route();
      if (!hasRoom(subscription)) {
        return false;
      }
      index.add(userId, subscription);
      progress.joined++;
      tell(subscription);
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

  private void tell(Subscription subscription) {
    for (int i = 0; i < copies.size(); i++) {
      offer(subscription, EventQueue.ONLINE, copies.userId(i), copies.stamp(i));
    }
  }

  /** Has the executors run those listeners for whom something waits. Under no lock. */
  void deliver() {
    for (Subscription subscription : all) {
      subscription.deliver();
    }
  }

  /** Whether nobody listens. */
  boolean isIdle() {
    return all.length == 0 && newcomers.isEmpty();
  }

  /** Whether a round would do something: somebody listens, or has listened in the last round. */
  boolean mayHaveWork() {
    return !isIdle() || isStarted;
  }

  /** How many subscriptions there are. */
  int subscriptions() {
    return all.length + newcomers.size();
  }

  /** Whether a further round could tell somebody more of the start. */
  synchronized boolean hasMoreToJoin() {
    for (Subscription s : all) {
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
    for (Subscription s : newcomers) {
      s.presenceClosed();
    }
    synchronized (this) {
      for (Subscription s : all) {
        s.presenceClosed();
      }
    }
    for (Subscription s : newcomers) {
      s.deliver();
    }
    deliver();
  }
}
