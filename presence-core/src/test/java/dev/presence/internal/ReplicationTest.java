package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.replication.MemoryLog;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes and what each learns of the other. */
class ReplicationTest {

  private static final long START_MILLIS = 1_800_000_000_000L;
  private static final long EXCHANGE_MILLIS = 200;
  private static final long USER = 7;

  private long millis = START_MILLIS;
  private final MemoryLog log = new MemoryLog(() -> millis);
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final SimulatedNode a = node(0);
  private final SimulatedNode b = node(0);

  private SimulatedNode node(long aheadMillis) {
    SimulatedNode node =
        new SimulatedNode(
            log,
            () -> millis + aheadMillis,
            () -> millis * 1_000_000,
            new SplittableRandom(nodes.size()),
            SimulatedNode.Config.DEFAULT);
    nodes.add(node);
    return node;
  }

  /** Lets all nodes exchange, twice, so that each knows what the others knew before. */
  private void exchange() {
    exchange(2);
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
  void heartbeat_isKnownToTheOther() {
    exchange();
    a.presence().recordHeartbeat(USER);
    b.presence().recordHeartbeats(new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE});
    exchange();
    assertThat(b.presence().lastSeen(USER)).isEqualTo(START_MILLIS / 1_000);
    assertThat(a.presence().statusOf(new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 8}))
        .containsExactly(true, true, true, false);
  }

  @Test
  void disconnect_isKnownToTheOther() {
    exchange();
    a.presence().recordHeartbeat(USER);
    exchange();
    millis += 3_000;
    b.presence().disconnect(USER);
    exchange();
    assertThat(a.presence().isOnline(USER)).isFalse();
    assertThat(b.presence().isOnline(USER)).isFalse();
  }

  @Test
  void disconnectOfTheSameSecond_isKnownToTheOtherFourDrainsLater() {
    exchange();
    a.presence().recordHeartbeat(USER);
    a.presence().disconnect(USER);
    exchange(6);
    assertThat(b.presence().isOnline(USER)).isFalse();
  }

  @Test
  void heartbeatAfterADisconnectOfTheSameSecond_isNotLost() {
    exchange();
    a.presence().recordHeartbeat(USER);
    a.presence().disconnect(USER);
    a.presence().recordHeartbeat(USER);
    exchange();
    assertThat(a.presence().isOnline(USER)).isTrue();
    assertThat(b.presence().isOnline(USER)).isTrue();
  }

  @Test
  void heartbeatElsewhereAfterADisconnectOfTheSameSecond_isNotLost() {
    exchange();
    b.presence().recordHeartbeat(USER);
    exchange();
    b.presence().disconnect(USER);
    millis += 50;
    a.presence().recordHeartbeat(USER); // the page is loaded anew and meets the other node
    exchange();
    exchange();
    assertThat(a.presence().isOnline(USER)).isTrue();
    assertThat(b.presence().isOnline(USER)).isTrue();
  }

  /** Also not for the moment until the nodes have told each other. */
  @Test
  void heartbeatElsewhereAfterADisconnect_isNeverOffline() {
    SimulatedNode c = node(0);
    for (int start = 0; start < 1_000; start += 50) {
      millis = START_MILLIS + 200L * start + start; // ten seconds later each time
      b.presence().recordHeartbeat(USER);
      exchange(2);
      b.presence().disconnect(USER);
      b.exchange();
      millis += 40;
      a.presence().recordHeartbeat(USER);
      for (int i = 0; i < 12; i++) {
        nodes.get(i % 3).exchange();
        assertThat(a.presence().isOnline(USER)).as("start=%s exchange=%s", start, i).isTrue();
        assertThat(c.presence().isOnline(USER)).as("start=%s exchange=%s", start, i).isTrue();
        millis += i % 3 == 2 ? EXCHANGE_MILLIS : 0;
      }
      exchange(6);
      nodes.forEach(node -> assertThat(node.presence().isOnline(USER)).isTrue());
    }
  }

  @Test
  void outage_healsWithTheNextExchange() {
    exchange();
    log.setReachable(false);
    exchange();
    a.presence().recordHeartbeat(USER);
    a.presence().recordHeartbeat(8);
    a.presence().disconnect(8);
    millis += 10_000;
    exchange();
    assertThat(b.presence().isOnline(USER)).isFalse();
    log.setReachable(true);
    millis += 2_000;
    exchange();
    assertThat(b.presence().isOnline(USER)).isTrue();
    assertThat(b.presence().isOnline(8)).isFalse();
    assertThat(a.stats().reconnections()).isEqualTo(1);
  }

  @Test
  void clocksAnHourApart_agree() {
    SimulatedNode ahead = node(3_600_000);
    exchange();
    ahead.presence().recordHeartbeat(USER);
    a.presence().recordHeartbeat(8);
    exchange();
    assertThat(a.presence().lastSeen(USER)).isEqualTo(START_MILLIS / 1_000);
    assertThat(ahead.presence().lastSeen(8)).isEqualTo(START_MILLIS / 1_000 + 3_600);
    millis += 31_000;
    assertThat(a.presence().isOnline(USER)).isFalse();
    assertThat(ahead.presence().isOnline(8)).isFalse();
  }

  @Test
  void newNode_learnsWhoIsOnline() {
    exchange();
    a.presence().recordHeartbeat(USER);
    exchange();
    SimulatedNode c = node(0);
    c.exchange();
    assertThat(c.presence().isOnline(USER)).isTrue();
  }
}
