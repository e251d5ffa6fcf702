package dev.presence.jmh;

import dev.presence.Presence;
import dev.presence.PresenceListener;
import dev.presence.PresenceSubscription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Subscriptions that are open at the same time, and how many users their listeners count as online.
 * One thread runs all listeners, which do nothing but count.
 */
final class Audience implements AutoCloseable {

  private static final int LISTS = 1_000;
  private static final int FRIENDS = 300;

  /** About as long as listeners wait to be told. */
  private static final int NOBODY_MILLIS = 10;

  private final List<PresenceSubscription> subscriptions = new ArrayList<>();
  private final List<Counter> counters = new ArrayList<>();
  private final ExecutorService executor;

  /** At position {@code i}, how many subscriptions the users before {@code i} have together. */
  private final long[] followersBefore;

  /** Counts who is online. */
  private static final class Counter implements PresenceListener {
    private final AtomicLong online = new AtomicLong();

    @Override
    public void onOnline(long userId, long epochSecond) {
      online.incrementAndGet();
    }

    @Override
    public void onOffline(long userId, long lastSeenEpochSecond) {
      online.decrementAndGet();
    }

    @Override
    public void onResync() {
      online.set(0);
    }
  }

  /**
   * Opens the subscriptions, and does not wait for what they are told at the start.
   *
   * @param users the users; friends are drawn from all of them evenly
   */
  Audience(Subscribers subscribers, Presence presence, long[] users) {
    executor = Executors.newSingleThreadExecutor(Audience::daemon);
    followersBefore = new long[users.length + 1];
    switch (subscribers) {
      case NOBODY -> {}
      case EVERYBODY -> {
        Arrays.setAll(followersBefore, i -> i);
        subscriptions.add(presence.subscribe(counter(), executor));
      }
      case FRIENDS -> subscribeLists(presence, users);
    }
  }

  private void subscribeLists(Presence presence, long[] users) {
    int[] followers = new int[users.length];
    for (int list = 0; list < LISTS; list++) {
      long[] friends = new long[Math.min(FRIENDS, users.length)];
      for (int i = 0; i < friends.length; i++) {
        int position = Users.scattered(list * FRIENDS + i, users.length);
        friends[i] = users[position];
        followers[position]++;
      }
      subscriptions.add(presence.subscribe(friends, counter(), executor));
    }
    for (int i = 0; i < users.length; i++) {
      followersBefore[i + 1] = followersBefore[i] + followers[i];
    }
  }

  private Counter counter() {
    Counter counter = new Counter();
    counters.add(counter);
    return counter;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "listeners");
    thread.setDaemon(true);
    return thread;
  }

  /** How many subscriptions the users at these positions have together. */
  long followers(int first, int end) {
    return followersBefore[end] - followersBefore[first];
  }

  /** Waits until the listeners together count so many users as online, and no event waits. */
  void awaitOnline(long expected) {
    if (subscriptions.isEmpty()) {
      Await.millis(NOBODY_MILLIS); // what is measured next finds the caches alike
    } else {
      Await.until(expected + " are online", () -> online() == expected && waiting() == 0);
    }
  }

  long online() {
    return counters.stream().mapToLong(counter -> counter.online.get()).sum();
  }

  long waiting() {
    return subscriptions.stream().mapToLong(PresenceSubscription::queueDepth).sum();
  }

  long delivered() {
    return subscriptions.stream().mapToLong(PresenceSubscription::delivered).sum();
  }

  long resyncs() {
    return subscriptions.stream().mapToLong(PresenceSubscription::resyncs).sum();
  }

  /** Closes the subscriptions, and returns when the library's thread has ended. */
  @Override
  public void close() {
    subscriptions.forEach(PresenceSubscription::close);
    TransitionThread.awaitEnd();
    executor.shutdown();
  }
}
