package dev.presence;

import java.time.Duration;

/**
 * A program that calls every method of the library and checks the answers. Prints nothing if all
 * are right.
 */
final class FirstSteps {

  private static final long ALICE = 7;
  private static final long BOB = 8;

  private FirstSteps() {}

  public static void main(String[] args) {
    try (Presence presence = Presence.open()) {
      use(presence);
    }
  }

  static void runWithContextLoader(ClassLoader loader) {
    Thread.currentThread().setContextClassLoader(loader);
    main(new String[0]);
    check(
        "the context loader is restored", Thread.currentThread().getContextClassLoader() == loader);
  }

  static void use(Presence presence) {
    presence.recordHeartbeat(ALICE);
    check("alice is online", presence.isOnline(ALICE));
    check("bob is offline", !presence.isOnline(BOB));
    presence.recordHeartbeats(new long[] {ALICE, BOB});
    check("both are online", presence.onlineCount() == 2);
    boolean[] online = presence.statusOf(new long[] {BOB, 9});
    check("bob is online and 9 is not", online[0] && !online[1]);
    presence.statusOf(new long[] {9, BOB}, online);
    check("an array of the caller is filled", !online[0] && online[1]);
    check("a window is given", presence.statusOf(new long[] {BOB}, Duration.ofSeconds(20))[0]);
    long[] seen = presence.lastSeenOf(new long[] {BOB, 9});
    check("bob was seen and 9 was not", seen[0] > 0 && seen[1] == Presence.NEVER);
    presence.lastSeenOf(new long[] {9, BOB}, seen);
    check("another array is filled", seen[0] == Presence.NEVER && seen[1] > 0);
    byte[] tiers = new byte[2];
    presence.tiersOf(new long[] {BOB, 9}, tiers);
    check("bob is in the first tier", presence.tiers().name(tiers[0]).equals("ONLINE"));
    check(
        "9 is in none", presence.tierOf(9) == PresenceTiers.NONE && tiers[1] == PresenceTiers.NONE);
    presence.recordHeartbeat(BOB, seen[1] - 1);
    check("an earlier heartbeat changes nothing", presence.lastSeen(BOB) >= seen[1]);
    presence.disconnect(ALICE);
    presence.forEachOnline(userId -> check("only bob is online", userId == BOB));
    check("only alice is removed", presence.sweep() <= 1); // the sweeper may be faster
    check("alice is forgotten", presence.lastSeen(ALICE) == Presence.NEVER);
    check("bob was seen", presence.lastSeen(BOB) > 0);
    check("a pass is counted", presence.stats().sweeps() > 0);
  }

  static void check(String what, boolean holds) {
    if (!holds) {
      throw new IllegalStateException("does not hold: " + what);
    }
  }
}
