package dev.presence.redis;

import dev.presence.Presence;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Presences that share their users through a cluster whose masters die and whose slots move. */
class ReplicatedClusterTest {

  /** The slots of the first two streams. */
  private static final int FIRST_SLOT = 13_907;

  private static final int SECOND_SLOT = 9_842;

  @TempDir private Path folder;

  @Test
  void masterThatDies_changesNoAnswer() throws Exception {
    try (RedisCluster cluster = RedisCluster.start(folder);
        Presence one = node(cluster, "one");
        Presence two = node(cluster, "two")) {
      Crowd crowd = new Crowd(one, two);

      cluster.masterOf(FIRST_SLOT).kill();
      crowd.isOnlineUntil("the links are lost", () -> isLinked(one, two, false));
      crowd.isOnlineUntil("a replica has taken over", () -> isLinked(one, two, true));
      one.recordHeartbeat(1_000_000);
      crowd.isOnlineUntil("the other knows", () -> two.isOnline(1_000_000));
    }
  }

  @Test
  void slotThatMoves_changesNoAnswer() throws Exception {
    try (RedisCluster cluster = RedisCluster.start(folder);
        Presence one = node(cluster, "one");
        Presence two = node(cluster, "two")) {
      Crowd crowd = new Crowd(one, two);
      long before = reconnections(one) + reconnections(two);
      cluster.move(SECOND_SLOT, "presence:log:{1}", cluster.masterOf(FIRST_SLOT));
      crowd.isOnlineUntil(
          "both have found the new master",
          () -> isLinked(one, two, true) && reconnections(one) + reconnections(two) >= before + 2);
      one.recordHeartbeat(1_000_000);
      crowd.isOnlineUntil("the other knows", () -> two.isOnline(1_000_000));
    }
  }

  private static long reconnections(Presence presence) {
    return presence.stats().replication().reconnections();
  }

  private static boolean isLinked(Presence one, Presence two, boolean linked) {
    return one.stats().replication().linked() == linked
        && two.stats().replication().linked() == linked;
  }

  private static Presence node(RedisCluster cluster, String name) {
    return Presence.builder()
        .name(name)
        .maxUsers(1_000)
        .exchangeInterval(Duration.ofMillis(50))
        .joinTimeout(Duration.ofSeconds(30))
        .replicateThrough(RedisLog.inCluster(cluster.nodes().get(0).uri()).streams(4))
        .open();
  }
}
