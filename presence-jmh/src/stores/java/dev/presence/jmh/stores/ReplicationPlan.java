package dev.presence.jmh.stores;

import dev.presence.jmh.Users;

/**
 * What nodes are measured with.
 *
 * @param users who beat, each at one node
 * @param nodes how many nodes
 * @param random whether ids are scattered over all longs, or numbers from 1 on
 * @param seconds length of a measurement
 * @param windowSeconds the online window
 * @param beatSeconds from one heartbeat of a user to the next
 * @param outageSeconds how long the log is away
 * @param heapSeconds how long it is away while the heap is watched
 */
record ReplicationPlan(
    int users,
    int nodes,
    boolean random,
    int seconds,
    int windowSeconds,
    int beatSeconds,
    int outageSeconds,
    int heapSeconds) {

  static final int SMALLEST_USERS = 1_000;

  /** Room for those who are there for a measurement alone. */
  static final int OTHER_USERS = 100_000;

  ReplicationPlan {
    atLeast("users", users, SMALLEST_USERS);
    atLeast("nodes", nodes, 2);
    atLeast("seconds", seconds, 1);
    atLeast("outageSeconds", outageSeconds, 1);
    atLeast("heapSeconds", heapSeconds, 1);
    atLeast("beatSeconds", beatSeconds, 1);
    if (outageSeconds >= windowSeconds - beatSeconds - 2) {
      throw new IllegalArgumentException(
          "outageSeconds must be < window - beat - 2 s: outageSeconds=" + outageSeconds);
    }
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(name + " must be >= " + least + ": " + name + "=" + value);
    }
  }

  ReplicationPlan with(int otherUsers, int otherNodes, boolean otherRandom) {
    return new ReplicationPlan(
        otherUsers,
        otherNodes,
        otherRandom,
        seconds,
        windowSeconds,
        beatSeconds,
        outageSeconds,
        heapSeconds);
  }

  /** The id of a user; numbers from {@link #users} on are of others. */
  long id(int number) {
    return random ? Users.id(number) : number + 1L;
  }

  long beatsPerSecond() {
    return Math.max(1, users / beatSeconds);
  }

  /** How long the log keeps frames, with some room. */
  int horizonSeconds() {
    return Math.min(windowSeconds, 60) + 4;
  }
}
