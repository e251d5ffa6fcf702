package dev.presence.jmh;

import dev.presence.internal.ModelNode;
import dev.presence.internal.replication.ModelLink;
import dev.presence.internal.replication.ModelLog;
import dev.presence.internal.replication.ModelTime;

/**
 * CPU that replication takes for a user, measured in two mirrors of many users, because a small one
 * stays in the processor's caches: one node takes all heartbeats, the other one reads them.
 *
 * @param publishNanos of the node that takes a heartbeat
 * @param applyNanos of a node that reads it
 * @param bytesPerUser off the heap
 */
record NodeCpu(double publishNanos, double applyNanos, double bytesPerUser) {

  private static final long BEAT_NANOS = 10_000_000_000L;

  /** Few enough for one thread's place in the outbox; with fewer users it is smaller. */
  private static final int MOST_AN_EXCHANGE = 20_000;

  private static final int FEWEST_EXCHANGES = 50;

  /** Enough for nodes that have linked to read all of their store for what the others missed. */
  private static final int LINK_EXCHANGES = 1_000;

  private static final int ROUNDS = 2;
  private static final double FAST_MBITS = 1e9;

  static NodeCpu measure(int users) {
    ModelTime time = new ModelTime();
    ModelLog log = new ModelLog(1, FAST_MBITS, 0);
    int[] order = Users.shuffledNumbers(users);
    try (ModelNode from = new ModelNode(new ModelLink(log, time, 0), time, users, 1);
        ModelNode to = new ModelNode(new ModelLink(log, time, 0), time, users, 2)) {
      for (int i = 0; i < LINK_EXCHANGES; i++) {
        from.exchange();
        to.exchange();
      }
      beatOnce(order, time, from, to); // all are new
      long sentNanos = from.cpuNanos();
      long appliedNanos = to.cpuNanos();
      long received = to.receivedUsers();
      for (int round = 0; round < ROUNDS; round++) {
        beatOnce(order, time, from, to);
      }
      received = to.receivedUsers() - received;
      if (received != (long) ROUNDS * users || to.presence().onlineCount() != users) {
        throw new IllegalStateException(
            "each heartbeat must arrive once: received=" + received + " users=" + users);
      }
      return new NodeCpu(
          (double) (from.cpuNanos() - sentNanos) / received,
          (double) (to.cpuNanos() - appliedNanos) / received,
          (double) to.presence().stats().offHeapBytes() / users);
    }
  }

  private static void beatOnce(int[] order, ModelTime time, ModelNode from, ModelNode to) {
    int users = order.length;
    int size = Math.max(1, Math.min(MOST_AN_EXCHANGE, users / FEWEST_EXCHANGES));
    for (int first = 0; first < users; first += size) {
      int end = Math.min(users, first + size);
      for (int i = first; i < end; i++) {
        from.presence().recordHeartbeat(order[i]);
      }
      time.sleepUntil(time.nanos() + BEAT_NANOS * (end - first) / users);
      from.exchange();
      to.exchange();
    }
  }
}
