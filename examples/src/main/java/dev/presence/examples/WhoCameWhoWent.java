package dev.presence.examples;

import dev.presence.Presence;
import dev.presence.PresenceListener;
import dev.presence.PresenceSubscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Being told instead of asking: a list of the friends who are online, which a subscription keeps
 * current.
 *
 * <p>With the defaults a thread of the library finds out who has come and gone, and each listener
 * is told on its executor. Here {@code sweepInterval} is zero, so that each call of {@code sweep()}
 * does that on the calling thread, and this program prints the same every time.
 */
public final class WhoCameWhoWent {

  private static final long PHONE = 7;
  private static final long LAPTOP = 42;
  private static final long TABLET = 99;

  private WhoCameWhoWent() {}

  /**
   * Runs three parts.
   *
   * @param args none
   */
  public static void main(String[] args) {
    keepAFriendsList();
    beTooSlow();
    forgiveAFlappingPhone();
  }

  /** The friends who are online, as far as the listener has been told. */
  private static class FriendsList implements PresenceListener {

    /** An application whose other threads read this takes a concurrent set. */
    final Set<Long> online = new TreeSet<>();

    @Override
    public void onOnline(long userId, long epochSecond) {
      online.add(userId);
    }

    @Override
    public void onOffline(long userId, long lastSeenEpochSecond) {
      online.remove(userId);
    }

    /** Events were dropped: everybody who is online is told anew. */
    @Override
    public void onResync() {
      online.clear();
    }
  }

  private static void keepAFriendsList() {
    System.out.println("a friends list");
    try (Presence presence = Presence.builder().sweepInterval(Duration.ZERO).open()) {
      FriendsList friends = new FriendsList();
      presence.recordHeartbeat(PHONE);
      long[] ids = {PHONE, LAPTOP, TABLET};
      presence.subscribe(ids, friends, Runnable::run); // sweep() runs the listener, too

      presence.sweep();
      System.out.println("  at the start: " + friends.online);

      presence.recordHeartbeats(new long[] {LAPTOP, 5}); // 5 is nobody's friend here
      presence.sweep();
      System.out.println("  42 has come: " + friends.online);

      presence.disconnect(PHONE);
      presence.sweep();
      System.out.println("  7 has signed out: " + friends.online);
    }
  }

  /**
   * A listener that does not keep up: its executor is busy with other tasks. When the queue of its
   * subscription is full, which has room for 1,024 events here, further ones are dropped. That
   * delays nobody else, and the listener ends up with the right list all the same.
   */
  private static void beTooSlow() {
    System.out.println("a slow listener");
    try (Presence presence =
        Presence.builder().maxUsers(1_000).sweepInterval(Duration.ZERO).open()) {
      Queue<Runnable> busy = new ArrayDeque<>();
      FriendsList friends =
          new FriendsList() {
            @Override
            public void onResync() {
              System.out.println("  resync: forget " + online);
              super.onResync();
            }
          };
      long[] ids = {PHONE, LAPTOP, TABLET};
      PresenceSubscription subscription = presence.subscribe(ids, friends, busy::add);

      presence.recordHeartbeat(LAPTOP);
      for (int i = 0; i < 1_000; i++) { // 2,000 events
        presence.recordHeartbeat(PHONE);
        presence.sweep();
        presence.disconnect(PHONE);
        presence.sweep();
      }
      System.out.println("  waiting: " + subscription.queueDepth() + " events");

      while (!busy.isEmpty()) { // now the executor has time
        busy.remove().run();
        presence.sweep(); // tells who is online
      }
      System.out.println("  in the end: " + friends.online);
      System.out.println(
          "  told: " + subscription.delivered() + " events, resyncs: " + subscription.resyncs());
    }
  }

  /**
   * A phone on a train beats, loses its connection and beats again. {@code statusOf} tells exactly
   * that; with a grace period listeners are told only of a phone that stays away.
   */
  private static void forgiveAFlappingPhone() {
    System.out.println("a phone that flaps");
    AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_764_000_000));
    try (Presence presence =
        Presence.builder()
            .onlineWindow(Duration.ofSeconds(30))
            .gracePeriod(Duration.ofSeconds(60))
            .sweepInterval(Duration.ZERO)
            .clock(now::get)
            .open()) {
      FriendsList friends = new FriendsList();
      PresenceSubscription subscription =
          presence.subscribe(new long[] {PHONE}, friends, Runnable::run);
      for (int second = 0; second <= 190; second += 10) {
        boolean beats = second == 0 || second == 50 || second == 100;
        if (beats) {
          presence.recordHeartbeat(PHONE);
        }
        presence.sweep();
        if (beats || second == 40 || second == 90 || second >= 180) {
          System.out.printf(
              "  after %3d s: %s, status %s, friends list: %s%n",
              second,
              beats ? "heartbeat" : "silence",
              presence.isOnline(PHONE) ? "online" : "offline",
              friends.online);
        }
        now.set(now.get().plusSeconds(10));
      }
      System.out.println("  told: " + subscription.delivered() + " events");
    }
  }
}
