package dev.presence.internal.transitions;

import dev.presence.internal.jfr.Events;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.store.TransitionList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Who listens, and who of them is told of a transition. The dispatcher calls this under its lock;
 * other threads may add a subscription, and look through all of them.
 */
final class Subscriptions {

  private final StampStore store;
  private final Events events;
  private final ConcurrentLinkedQueue<Subscription> newcomers = new ConcurrentLinkedQueue<>();
  private volatile Subscription[] all = {};

  /** Of those, too, who have left: a counter must not go back. */
  private final AtomicLong resyncs = new AtomicLong();

  // Of the dispatcher.
  private final List<Subscription> ofEverybody = new ArrayList<>();
  private final List<Subscription> ofSome = new ArrayList<>();
  private UserIndex index = new UserIndex();

  Subscriptions(StampStore store, Events events) {
    this.store = store;
    this.events = events;
  }

  /** Adds one, which {@link #admit} takes in. By any thread. */
  void add(Subscription subscription) {
    newcomers.add(subscription);
  }

  /** Those who have been taken in; not to be changed. By any thread. */
  Subscription[] all() {
    return all;
  }

  /** Those who have not been taken in yet. By any thread. */
  Iterable<Subscription> newcomers() {
    return newcomers;
  }

  /** Whether there are none. By any thread. */
  boolean isEmpty() {
    return all.length == 0 && newcomers.isEmpty();
  }

  /** How many there are. By any thread. */
  int count() {
    return all.length + newcomers.size();
  }

  /** How many events wait for all of them together. By any thread. */
  long queuedEvents() {
    long events = 0;
    for (Subscription subscription : all) {
      events += subscription.queueDepth();
    }
    return events;
  }

  /** How long the event has waited that has waited the longest. By any thread. */
  long longestLagMillis() {
    long longest = 0;
    for (Subscription subscription : all) {
      longest = Math.max(longest, subscription.lagMillis());
    }
    return longest;
  }

  /** How often anybody had to be told everything anew. By any thread. */
  long resyncs() {
    return resyncs.get();
  }

  /** Takes newcomers in, and lets go of those who have closed. */
  void admit() {
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

  /**
   * Puts transitions into the queues of those who have joined, and empties the list.
   *
   * @param nowMillis when they are queued
   */
  void tell(TransitionList found, int nowMillis) {
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
          offer(subscription, kind, userId, found.stamp(i), nowMillis);
        }
      }
      if (!index.isEmpty()) {
        for (Subscription subscription : index.of(userId)) {
          offer(subscription, kind, userId, found.stamp(i), nowMillis);
        }
      }
    }
    found.clear();
  }

  private void offer(Subscription subscription, byte kind, long userId, int stamp, int nowMillis) {
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
    noteStartOver(subscription);
  }

  private void noteStartOver(Subscription subscription) {
    if (subscription.startOver()) {
      resyncs.incrementAndGet();
      EventQueue queue = subscription.queue();
      events.resync(
          subscription.progress().userIds == null,
          queue.size(),
          queue.limit(),
          subscription.lagMillis());
    }
  }

  /** Starts over with everybody after a round that was cut short anywhere. */
  void recover() {
    index = new UserIndex();
    listAll();
    for (Subscription subscription : all) {
      noteStartOver(subscription);
    }
  }

  /** Lets a subscription of some users have the transitions of this one. */
  void join(Subscription subscription, long userId) {
    index.add(userId, subscription);
  }

  /** Tells one subscription who is online. */
  void tellOnline(Subscription subscription, TransitionList online, int nowMillis) {
    for (int i = 0; i < online.size(); i++) {
      offer(subscription, EventQueue.ONLINE, online.userId(i), online.stamp(i), nowMillis);
    }
  }
}
