package dev.presence;

/**
 * A program that calls the main methods of the library and checks the answers. Prints nothing if
 * all are right.
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
