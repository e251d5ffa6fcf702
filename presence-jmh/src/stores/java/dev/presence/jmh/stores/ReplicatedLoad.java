package dev.presence.jmh.stores;

import dev.presence.Presence;
import dev.presence.jmh.Await;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Measures what a steady load costs the nodes and Redis, and how late the nodes see it. */
final class ReplicatedLoad {

  private static final double MILLI_NANOS = 1e6;

  private ReplicatedLoad() {}

  /**
   * What was measured.
   *
   * @param redisMicrosPerBeat CPU of Redis
   * @param bytesPerUser of the log's memory in Redis
   * @param nanosPerReceived CPU of the threads of replication, for each heartbeat that a node has
   *     received; what they do for the node's own ones is in it
   * @param connectionNanosPerReceived CPU of the threads of the connections
   * @param joinMillis how long a further node takes to open, with all users
   * @param onlineShare how many of the users a further node knows when it is open
   */
  record Result(
      double beatsPerSecond,
      double commandsPerSecond,
      double redisMicrosPerBeat,
      double redisPercent,
      double bytesPerUser,
      double nanosPerReceived,
      double connectionNanosPerReceived,
      double visibleP50Millis,
      double visibleP99Millis,
      double visibleMaxMillis,
      double joinMillis,
      double onlineShare) {}

  static Result measure(String address, ReplicationPlan plan) {
    try (RedisLink link = new RedisLink(ServerKind.REDIS.name(), address, Connections.KEPT);
        Nodes nodes = Nodes.open(address, plan);
        PacedBeats load = PacedBeats.start(nodes, plan, 0)) {
      load.awaitOnline();
      Await.millis(TimeUnit.SECONDS.toMillis(plan.horizonSeconds() - plan.beatSeconds()));
      Counts before = Counts.now(link, nodes, load);
      Histogram visible = new VisibilityProbe(nodes, plan).run(plan.seconds());
      Counts used = Counts.now(link, nodes, load).since(before);
      double bytes = RedisUse.bytesOf(link, Nodes.KEY);
      long startNanos = System.nanoTime();
      double joinMillis;
      double share;
      try (Presence joined = nodes.openOne()) {
        joinMillis = (System.nanoTime() - startNanos) / MILLI_NANOS;
        share = Math.min(1, (double) joined.onlineCount() / plan.users());
      }
      return new Result(
          used.beats / used.seconds,
          used.redis.commands() / used.seconds,
          1e6 * used.redis.cpuSeconds() / used.beats,
          100 * used.redis.cpuSeconds() / used.seconds,
          bytes / plan.users(),
          used.replicationNanos / used.received,
          used.connectionNanos / used.received,
          visible.getValueAtPercentile(50) / MILLI_NANOS,
          visible.getValueAtPercentile(99) / MILLI_NANOS,
          visible.getMaxValue() / MILLI_NANOS,
          joinMillis,
          share);
    }
  }

  private record Counts(
      double seconds,
      double beats,
      double received,
      double replicationNanos,
      double connectionNanos,
      RedisUse redis) {

    static Counts now(RedisLink link, Nodes nodes, PacedBeats load) {
      return new Counts(
          System.nanoTime() / 1e9,
          load.beats(),
          nodes.received(),
          Nodes.replicationNanos(),
          Nodes.connectionNanos(),
          RedisUse.now(link));
    }

    Counts since(Counts before) {
      return new Counts(
          seconds - before.seconds,
          beats - before.beats,
          received - before.received,
          replicationNanos - before.replicationNanos,
          connectionNanos - before.connectionNanos,
          redis.since(before.redis));
    }
  }
}
