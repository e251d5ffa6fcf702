package dev.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Run by {@link CloseUnderLoadTest} in a JVM of its own: closes presences while threads call them
 * without a pause, as often as its property says, and prints the counts. A call that touched
 * released memory would crash the process.
 */
final class CloseUnderLoad {

  static final String ROUNDS = "presence.close.rounds";

  private static final int THREADS = 4;
  private static final long[] USERS = new long[300];

  private CloseUnderLoad() {}

  public static void main(String[] args) throws InterruptedException {
    for (int i = 0; i < USERS.length; i++) {
      USERS[i] = i * 0x9E3779B97F4A7C15L;
    }
    AtomicLong calls = new AtomicLong();
    AtomicLong closed = new AtomicLong();
    int rounds = Integer.getInteger(ROUNDS);
    for (int round = 0; round < rounds; round++) {
      closeOne(round, calls, closed);
    }
    System.out.println(
        "rounds=" + rounds + " closed=" + closed + " calls=" + (calls.get() > 0 ? "some" : "none"));
  }

  private static void closeOne(int round, AtomicLong calls, AtomicLong closed)
      throws InterruptedException {
    Presence presence =
        Presence.builder()
            // Small maps lie in the process's heap. A large one is a mapping of its own, which
            // vanishes at once.
            .maxUsers(round % 8 == 0 ? 200_000 : 1_000)
            .sweepInterval(Duration.ofMillis(1))
            .open();
    List<Thread> threads = new ArrayList<>();
    long before = calls.get();
    for (int i = 0; i < THREADS; i++) {
      int first = i;
      Thread thread = new Thread(() -> callUntilClosed(presence, first, calls, closed));
      thread.start();
      threads.add(thread);
    }
    while (calls.get() - before < 20) {
      Thread.onSpinWait();
    }
    presence.close();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void callUntilClosed(
      Presence presence, int first, AtomicLong calls, AtomicLong closed) {
    boolean[] online = new boolean[USERS.length];
    long[] seconds = new long[USERS.length];
    byte[] tiers = new byte[USERS.length];
    try {
      for (int i = first; ; i++) {
        switch (i % 11) {
          case 0 -> presence.recordHeartbeats(USERS);
          case 1 -> presence.recordHeartbeat(USERS[i % USERS.length]);
          case 2 -> presence.isOnline(USERS[i % USERS.length]);
          case 3 -> presence.statusOf(USERS, online);
          case 4 -> presence.lastSeenOf(USERS, seconds);
          case 5 -> presence.disconnect(USERS[i % USERS.length]);
          case 6 -> presence.onlineCount();
          case 7 -> presence.forEachOnline(userId -> {});
          case 8 -> presence.sweep();
          case 9 -> presence.tiersOf(USERS, tiers);
          default -> presence.stats();
        }
        calls.incrementAndGet();
      }
    } catch (IllegalStateException e) {
      if (e.getMessage().equals("presence is closed")) {
        closed.incrementAndGet();
      } else {
        e.printStackTrace();
      }
    }
  }
}
