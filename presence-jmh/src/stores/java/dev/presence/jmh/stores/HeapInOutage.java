package dev.presence.jmh.stores;

import dev.presence.jmh.Await;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** What an outage of the log adds to the heap while heartbeats go on. */
final class HeapInOutage {

  /** The heap is measured so often while the log is away. */
  private static final int TIMES = 6;

  private static final int COLLECTIONS = 3;

  private HeapInOutage() {}

  /** Returns the largest growth, in MB for each node. */
  static double measure(StartedServer redis, ReplicationPlan plan)
      throws IOException, InterruptedException {
    try (Nodes nodes = Nodes.open(redis.address(), plan);
        PacedBeats load = PacedBeats.start(nodes, plan, 0)) {
      load.awaitOnline();
      Await.millis(1_000L * plan.horizonSeconds());
      long before = usedBytes();
      long most = before;
      LogOutage.HELD.begin(redis);
      for (int i = 0; i < TIMES; i++) {
        Await.millis(1_000L * plan.heapSeconds() / TIMES);
        most = Math.max(most, usedBytes());
      }
      LogOutage.HELD.end(redis);
      return (most - before) / 1e6 / nodes.count();
    }
  }

  private static long usedBytes() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
