package dev.presence.jmh.stores;

import dev.presence.Presence;
import dev.presence.jmh.Await;
import dev.presence.redis.RedisLog;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Nodes that share a log in Redis, all in this JVM, each with a store, a thread of replication and
 * a connection of its own, as in a process of its own. They share the heap, the compiled code and
 * the processor's caches. The CPU time of each thread is its own; the heap is that of all.
 */
final class Nodes implements AutoCloseable {

  static final String PREFIX = PresenceStore.PREFIX + "replication";

  /** What {@link RedisLog} calls its first stream. */
  static final String KEY = PREFIX + ":log:{0}";

  private static final long POLL_MILLIS = 50;
  private static final String LOG_THREAD = "presence-redis";
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final String address;
  private final ReplicationPlan plan;
  private final List<Presence> nodes = new ArrayList<>();

  private Nodes(String address, ReplicationPlan plan) {
    this.address = address;
    this.plan = plan;
  }

  static Nodes open(String address, ReplicationPlan plan) {
    Nodes opened = new Nodes(address, plan);
    try {
      for (int i = 0; i < plan.nodes(); i++) {
        opened.nodes.add(opened.openOne());
      }
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** A further node; whoever opens it closes it. */
  Presence openOne() {
    return Presence.builder()
        .name("node")
        .onlineWindow(Duration.ofSeconds(plan.windowSeconds()))
        .maxUsers(plan.users() + ReplicationPlan.OTHER_USERS)
        .replicateThrough(RedisLog.at(address).keyPrefix(PREFIX))
        .open();
  }

  Presence node(int number) {
    return nodes.get(number);
  }

  int count() {
    return nodes.size();
  }

  /** Waits until each node knows so many users. */
  void awaitOnline(long users) {
    for (Presence node : nodes) {
      Await.until(
          "all users online",
          () -> {
            Await.millis(POLL_MILLIS); // each look reads all stamps
            return node.onlineCount() >= users;
          });
    }
  }

  /** Heartbeats of other nodes that all nodes have read. */
  long received() {
    return nodes.stream().mapToLong(node -> node.stats().replication().receivedUsers()).sum();
  }

  /** CPU time of all threads of replication. */
  static long replicationNanos() {
    return cpuNanos("node-replication");
  }

  /** CPU time of all threads of the connections. */
  static long connectionNanos() {
    return cpuNanos(LOG_THREAD);
  }

  private static long cpuNanos(String name) {
    long nanos = 0;
    for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().equals(name)) {
        nanos += Math.max(0, THREADS.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return nanos;
  }

  @Override
  public void close() {
    nodes.forEach(Presence::close);
  }
}
