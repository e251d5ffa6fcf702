package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.replication.MemoryLog;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stores so large that reading what the others have missed takes several exchanges. */
class ReplicationLongScanTest {

  private static final long START_MILLIS = 1_800_000_000_000L;
  private static final long EXCHANGE_MILLIS = 200;

  /** For some 300 segments, of which a drain reads 64; with users in each of them. */
  private static final SimulatedNode.Config LARGE = new SimulatedNode.Config(30, 30, 1, 3_000_000);

  private static final long[] USERS = LongStream.range(0, 3_000).toArray();

  private long millis = START_MILLIS;
  private final MemoryLog log = new MemoryLog(() -> millis);
  private final List<SimulatedNode> nodes = new ArrayList<>();

  private SimulatedNode node(SimulatedNode.Config config) {
    SimulatedNode node =
        new SimulatedNode(
            log,
            () -> millis,
            () -> millis * 1_000_000,
            new SplittableRandom(nodes.size()),
            config);
    nodes.add(node);
    return node;
  }

  private void exchange(int times) {
    for (int i = 0; i < times; i++) {
      millis += EXCHANGE_MILLIS;
      nodes.forEach(SimulatedNode::exchange);
    }
  }

  @AfterEach
  void close() {
    nodes.forEach(SimulatedNode::close);
  }

  @Test
  void outage_everybodyOfALargeStoreIsKnownAfterwards() {
    SimulatedNode a = node(LARGE);
    SimulatedNode b = node(SimulatedNode.Config.DEFAULT);
    exchange(2);
    log.setReachable(false);
    exchange(1);
    a.presence().recordHeartbeats(USERS);
    log.setReachable(true);
    millis += 2_000;
    exchange(2);
    assertThat(b.presence().onlineCount()).as("it takes several").isLessThan(USERS.length);
    exchange(8);
    assertThat(b.presence().statusOf(USERS)).doesNotContain(false);
  }

  /** The scan has to find first who came back, before it lowers whoever has gone. */
  @Test
  void usersWhoComeBackWhileTheLogIsAway_areOnline() {
    SimulatedNode a = node(LARGE);
    SimulatedNode b = node(SimulatedNode.Config.DEFAULT);
    exchange(2);
    log.setReachable(false);
    exchange(1);
    a.presence().recordHeartbeats(USERS);
    for (long userId : USERS) {
      a.presence().disconnect(userId);
    }
    a.presence().recordHeartbeats(USERS);
    log.setReachable(true);
    millis += 2_000;
    exchange(10);
    assertThat(a.presence().statusOf(USERS)).doesNotContain(false);
    assertThat(b.presence().statusOf(USERS)).doesNotContain(false);
  }
}
