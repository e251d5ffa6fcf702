package dev.presence.examples;

import dev.presence.Presence;
import java.util.Arrays;
import java.util.Random;

/**
 * A friends list: one call for all friends beside one call for each friend. A batch checks its
 * arguments and reads the clock once; given an array for the answers it allocates nothing.
 */
public final class BatchLookup {

  private static final int USERS = 200_000;
  private static final int FRIENDS = 500;
  private static final int ROUNDS = 2_000;

  private BatchLookup() {}

  /**
   * Asks for the same friends both ways, compares the answers and prints how long each way takes.
   *
   * @param args none
   */
  public static void main(String[] args) {
    try (Presence presence = Presence.open()) {
      for (long userId = 0; userId < USERS; userId++) {
        presence.recordHeartbeat(userId);
      }

      // About half of these friends have never sent a heartbeat.
      long[] friends = new Random(1).longs(FRIENDS, 0, 2L * USERS).toArray();
      boolean[] batched = new boolean[FRIENDS];
      boolean[] single = new boolean[FRIENDS];

      // The first passes warm up the JIT compiler; only the last one is printed.
      long batchNanos = 0;
      long singleNanos = 0;
      for (int pass = 0; pass < 3; pass++) {
        batchNanos = timeBatches(presence, friends, batched);
        singleNanos = timeSingles(presence, friends, single);
      }

      System.out.println(FRIENDS + " friends, " + count(batched) + " of them online");
      System.out.println("both ways give the same answers: " + Arrays.equals(batched, single));
      System.out.println("one batch took " + micros(batchNanos));
      System.out.println(FRIENDS + " single lookups took " + micros(singleNanos));
      System.out.println("This shows how to call it; the benchmarks are in presence-jmh.");
    }
  }

  private static long timeBatches(Presence presence, long[] friends, boolean[] online) {
    long start = System.nanoTime();
    for (int round = 0; round < ROUNDS; round++) {
      presence.statusOf(friends, online); // the same two arrays each time: no garbage
    }
    return System.nanoTime() - start;
  }

  private static long timeSingles(Presence presence, long[] friends, boolean[] online) {
    long start = System.nanoTime();
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < friends.length; i++) {
        online[i] = presence.isOnline(friends[i]);
      }
    }
    return System.nanoTime() - start;
  }

  private static int count(boolean[] online) {
    int count = 0;
    for (boolean each : online) {
      count += each ? 1 : 0;
    }
    return count;
  }

  private static String micros(long nanosOfAllRounds) {
    return nanosOfAllRounds / ROUNDS / 1_000 + " us on average";
  }
}
