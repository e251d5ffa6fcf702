package dev.presence.examples;

import dev.presence.Presence;
import dev.presence.PresenceListener;
import dev.presence.PresenceTiers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What does "online" mean? Each feature of an application means something else, and one stamp per
 * user answers all of them.
 *
 * <p>The clock is set by hand and {@code sweep()} is called by hand, so that a day passes at once
 * and this program prints the same every time.
 */
public final class OnlineDefinitions {

  private static final long USER = 7;

  private static final Duration TYPING = Duration.ofSeconds(5);
  private static final Duration HERE = Duration.ofSeconds(30);
  private static final Duration RECENTLY = Duration.ofMinutes(5);
  private static final Duration GRACE = Duration.ofSeconds(90);
  private static final Duration KEPT = Duration.ofDays(1);

  private static final PresenceTiers TIERS =
      PresenceTiers.builder().tier("here", HERE).tier("away", RECENTLY).tier("today", KEPT).build();

  private static final List<Duration> SILENCES =
      List.of(
          Duration.ZERO,
          TYPING,
          HERE,
          Duration.ofMinutes(1),
          HERE.plus(GRACE),
          RECENTLY,
          Duration.ofHours(1),
          KEPT);

  private static final String ROW = "%-11s  %-9s  %-9s  %-9s  %-7s  %-10s  %s%n";

  private Instant now = Instant.ofEpochSecond(1_764_000_000);

  private OnlineDefinitions() {}

  /**
   * Prints two tables.
   *
   * @param args none
   */
  public static void main(String[] args) {
    new OnlineDefinitions().run();
  }

  private void run() {
    try (Presence presence =
        Presence.builder()
            .onlineWindow(HERE) // what isOnline and statusOf(ids) mean
            .retention(KEPT) // how long lastSeen and the longest window reach back
            .tiers(TIERS)
            .gracePeriod(GRACE) // how much later listeners are told that somebody has gone
            .maxUsers(1_000)
            .sweepInterval(Duration.ZERO)
            .clock(() -> now)
            .open()) {
      fallSilent(presence);
      groupFriends(presence);
    }
  }

  /** One user, and every meaning of the word while time passes. */
  private void fallSilent(Presence presence) {
    System.out.println("A phone beats once and falls silent. Is its user online?");
    System.out.println();
    System.out.printf(
        ROW, "silent for", "typing", "here", "recently", "tier", "listeners", "a page");
    System.out.printf(ROW, "", "< 5 s", "< 30 s", "< 5 min", "", "90 s grace", "kept 1 day");

    Set<Long> told = new HashSet<>();
    presence.subscribe(new long[] {USER}, new FriendsList(told), Runnable::run);
    presence.recordHeartbeat(USER);
    Instant heartbeat = now;
    for (Duration silence : SILENCES) {
      now = heartbeat.plus(silence);
      presence.sweep(); // tells the listeners
      long[] ids = {USER}; // a friends list asks for all of its users at once
      System.out.printf(
          ROW,
          inWords(silence),
          yesOrNo(presence.statusOf(ids, TYPING)[0]),
          yesOrNo(presence.isOnline(USER)),
          yesOrNo(presence.statusOf(ids, RECENTLY)[0]),
          TIERS.name(presence.tierOf(USER)),
          yesOrNo(told.contains(USER)),
          lastSeen(presence));
    }
  }

  /** Many users, and the tier of each by one call. */
  private void groupFriends(Presence presence) {
    System.out.println();
    System.out.println("Five friends in one call:");
    System.out.println();
    long[] friends = {1, 2, 3, 4, 5};
    long[] silentSeconds = {0, 29, 30, 3_600}; // 5 has never sent a heartbeat
    for (int i = 0; i < silentSeconds.length; i++) {
      presence.recordHeartbeat(friends[i], now.getEpochSecond() - silentSeconds[i]);
    }
    byte[] tiers = new byte[friends.length];
    presence.tiersOf(friends, tiers); // answer i belongs to friends[i]
    for (int i = 0; i < friends.length; i++) {
      System.out.println("user " + friends[i] + ": " + TIERS.name(tiers[i]));
    }
  }

  /** What a page shows beside a name. */
  private String lastSeen(Presence presence) {
    if (presence.isOnline(USER)) {
      return "online";
    }
    long second = presence.lastSeen(USER);
    return second == Presence.NEVER
        ? "offline"
        : "last seen " + inWords(Duration.ofSeconds(now.getEpochSecond() - second)) + " ago";
  }

  private static String inWords(Duration duration) {
    if (duration.toDays() > 0) {
      return count(duration.toDays(), "day");
    }
    if (duration.toHours() > 0) {
      return count(duration.toHours(), "hour");
    }
    if (duration.toMinutes() > 0) {
      return count(duration.toMinutes(), "minute");
    }
    return count(duration.toSeconds(), "second");
  }

  private static String count(long count, String unit) {
    return count + " " + unit + (count == 1 ? "" : "s");
  }

  private static String yesOrNo(boolean online) {
    return online ? "yes" : "no";
  }

  /** Keeps what it has been told. */
  private record FriendsList(Set<Long> online) implements PresenceListener {

    @Override
    public void onOnline(long userId, long epochSecond) {
      online.add(userId);
    }

    @Override
    public void onOffline(long userId, long lastSeenEpochSecond) {
      online.remove(userId);
    }
  }
}
