package dev.presence.redis;

import dev.presence.Presence;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Presences that share their users through a cluster whose masters die and whose slots move. */
class ReplicatedClusterTest {

  private static final int SLOT_OF_THE_FIRST_STREAM = 13_907;

  @TempDir private Path folder;

  @Test
  void masterThatDies_andSlotThatMoves_changeNoAnswer() throws Exception {
    try (RedisCluster cluster = RedisCluster.start(folder);
        Presence one = node(cluster, "one");
        Presence two = node(cluster, "two")) {
      Crowd crowd = new Crowd(one, two);

      cluster.masterOf(SLOT_OF_THE_FIRST_STREAM).kill();
      crowd.isOnlineUntil("the links are lost", () -> isLinked(one, two, false));
      crowd.isOnlineUntil("a replica has taken over", () -> isLinked(one, two, true));
      one.recordHeartbeat(1_000_000);
      crowd.isOnlineUntil("the other knows", () -> two.isOnline(1_000_000));
    }
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
