package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.replication.MemoryLog;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log that has lost all it had, and a node that joins after that. */
class ReplicationEmptyLogTest {

  private static final long START_MILLIS = 1_800_000_000_000L;
  private static final long START_SECOND = START_MILLIS / 1_000;
  private static final long EXCHANGE_MILLIS = 200;
  private static final long USER = 7;

  private long millis = START_MILLIS;
  private final MemoryLog log = new MemoryLog(() -> millis);
  private final List<SimulatedNode> nodes = new ArrayList<>();

  private SimulatedNode node() {
    return node(SimulatedNode.Config.DEFAULT);
  }

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

  /** So many seconds after the last heartbeat of a user, the log starts anew and empty. */
  @ParameterizedTest
  @ValueSource(ints = {0, 5, 9, 12, 20, 24})
  void nodeThatJoinsAfterTheLogStartedEmpty_knowsWhoIsOnline(int seconds) {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange(1);
    a.presence().recordHeartbeat(USER);
    exchange(2);
    exchange(5 * seconds);
    log.setReachable(false);
    exchange(1);
    log.clear();
    log.setReachable(true);
    millis += 1_000;
    exchange(2);
    b.presence().recordHeartbeat(8);
    exchange(1);
    SimulatedNode joining = node();
    exchange(10);
    assertThat(joining.presence().isOnline(8)).isTrue();
    assertThat(joining.presence().lastSeen(USER)).isEqualTo(START_SECOND);
  }

  /** No link is lost with it, so no node notices. */
  @Test
  void nodeThatJoinsAfterTheLogWasEmptied_knowsWhoIsOnline() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange(1);
    a.presence().recordHeartbeat(USER);
    exchange(2);
    log.clear();
    b.presence().recordHeartbeat(8);
    exchange(1);
    SimulatedNode joining = node();
    exchange(10);
    assertThat(joining.presence().isOnline(8)).isTrue();
    assertThat(joining.presence().lastSeen(USER)).isEqualTo(START_SECOND);
  }

  /** The node that answers may know a later second of the cell than the frame that was lost. */
  @Test
  void nodeThatJoinsAfterTheLogWasEmptied_knowsWhoWasSeenAgainInTheSameCell() {
    SimulatedNode.Config config = new SimulatedNode.Config(30, 30, 5, 10_000);
    SimulatedNode a = node(config);
    exchange(1);
    a.presence().recordHeartbeat(USER);
    exchange(4);
    log.clear();
    a.presence().recordHeartbeat(8);
    exchange(1);
    millis = START_MILLIS + 4_000;
    a.presence().recordHeartbeat(USER);
    exchange(1);
    SimulatedNode joining = node(config);
    exchange(10);
    assertThat(joining.presence().lastSeen(USER)).isEqualTo(START_SECOND + 4);
  }

  /** A fail-over may lose what was acknowledged seconds before. */
  @Test
  void frameThatAFailOverLost_isPublishedAgain() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange(60); // so that the scan of the first link is safe
    a.presence().recordHeartbeat(USER);
    a.exchange();
    log.clear();
    exchange(25);
    assertThat(b.presence().isOnline(USER)).isFalse();
    log.setReachable(false);
    exchange(1);
    log.setReachable(true);
    millis += 1_000;
    exchange(2);
    assertThat(b.presence().lastSeen(USER)).isEqualTo(START_SECOND + 12);
  }
}
