package dev.presence.examples;

import dev.presence.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/** The whole library in one page: heartbeats in, green dots out, and how time decides. */
public final class QuickStart {

  private QuickStart() {}

  /**
   * Runs both parts.
   *
   * @param args none
   */
  public static void main(String[] args) {
    greenDots();
    timePasses();
  }

  /** All defaults: in memory, up to 1,000,000 users, online for 30 seconds after a heartbeat. */
  private static void greenDots() {
    // readme:start
    try (Presence presence = Presence.open()) {
      presence.recordHeartbeat(7); // users 7 and 42 are seen now
      presence.recordHeartbeat(42);

      long[] friends = {7, 42, 99};
      boolean[] online = presence.statusOf(friends); // answer i belongs to friends[i]
      for (int i = 0; i < friends.length; i++) {
        System.out.println("user " + friends[i] + (online[i] ? " is online" : " is offline"));
      }
    }
    // readme:end
  }

  /**
   * The store reads the time from the clock it is given, so this program lets seconds pass without
   * waiting for them. Tests of your own code can do the same.
   */
  private static void timePasses() {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_764_000_000));
    try (Presence presence =
        Presence.builder()
            .onlineWindow(Duration.ofSeconds(30))
            // Offline users are forgotten at once unless the retention is longer than the window.
            .retention(Duration.ofHours(1))
            .maxUsers(10_000)
            .clock(now::get)
            .open()) {
      long[] friends = {7, 42};
      presence.recordHeartbeats(friends);
      System.out.println("after 0 s: " + Arrays.toString(presence.statusOf(friends)));

      now.set(now.get().plusSeconds(29));
      presence.recordHeartbeat(42); // 42 beats in time, 7 does not

      now.set(now.get().plusSeconds(1)); // an age of exactly the window is offline
      System.out.println("after 30 s: " + Arrays.toString(presence.statusOf(friends)));
      System.out.println("7 was last seen at " + Instant.ofEpochSecond(presence.lastSeen(7)));
      System.out.println("99 was never seen: " + (presence.lastSeen(99) == Presence.NEVER));

      // Another feature may mean something else by "online", up to the retention.
      Duration recently = Duration.ofMinutes(5);
      System.out.println(
          "within 5 minutes: " + Arrays.toString(presence.statusOf(friends, recently)));

      presence.disconnect(42); // signed out: offline before the window is over
      System.out.println("after signing out: " + presence.isOnline(42));
    }
  }
}
