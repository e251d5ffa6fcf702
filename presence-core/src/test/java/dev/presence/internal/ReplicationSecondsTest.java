package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.replication.Exchanges;
import dev.presence.internal.replication.MemoryLog;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Heartbeats and disconnects whose seconds are the same, lie ahead, or got lost. */
class ReplicationSecondsTest {

  private static final long START_MILLIS = 1_800_000_000_000L;
  private static final long START_SECOND = START_MILLIS / 1_000;
  private static final long EXCHANGE_MILLIS = 200;
  private static final long USER = 7;

  /** How far ahead a stamp may lie, in seconds: above the latest tombstone there can be. */
  private static final long AHEAD = 12;

  private long millis = START_MILLIS;
  private long firstAheadMillis;

  /** What is checked while an exchange is under way. */
  private Runnable meanwhile = () -> {};

  private final MemoryLog log =
      new MemoryLog(
          () -> millis,
          new MemoryLog.Trouble() {
            @Override
            public MemoryLog.Failure failure() {
              meanwhile.run();
              return MemoryLog.Failure.NONE;
            }
          });
  private final List<SimulatedNode> nodes = new ArrayList<>();

  private SimulatedNode node(int publishSeconds) {
    boolean isFirst = nodes.isEmpty();
    SimulatedNode node =
        new SimulatedNode(
            log,
            () -> isFirst ? millis + firstAheadMillis : millis,
            () -> millis * 1_000_000,
            new SplittableRandom(nodes.size()),
            new SimulatedNode.Config(30, 30, publishSeconds, 200_000));
    nodes.add(node);
    return node;
  }

  private SimulatedNode node() {
    return node(1);
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
  void heartbeatOfAClockThatIsWrong_countsAsNow() {
    SimulatedNode a = node();
    exchange(2);
    log.append(Exchanges.heartbeat(millis, USER, START_SECOND + 86_400));
    log.append(Exchanges.heartbeat(millis, USER + 1, START_SECOND + AHEAD));
    exchange(1);
    assertThat(a.presence().lastSeen(USER)).isEqualTo(START_SECOND);
    assertThat(a.presence().lastSeen(USER + 1)).isEqualTo(START_SECOND + AHEAD);
  }

  /** Or else whoever comes back would be seen a day ahead. */
  @Test
  void disconnectOfAClockThatIsWrong_countsForSomeSecondsAtMost() {
    SimulatedNode a = node();
    exchange(2);
    log.append(Exchanges.disconnect(millis, USER, START_SECOND + 86_400));
    exchange(1);
    a.presence().recordHeartbeat(USER);
    exchange(2);
    assertThat(a.presence().lastSeen(USER)).isBetween(START_SECOND, START_SECOND + AHEAD);
  }

  @Test
  void disconnectOfAClockThatIsWrong_readLater_coversNoHeartbeatSince() {
    SimulatedNode a = node();
    exchange(2);
    log.append(Exchanges.disconnect(millis, USER, START_SECOND + 86_400));
    exchange(1);
    a.presence().recordHeartbeat(USER);
    exchange(8);
    long seen = a.presence().lastSeen(USER);
    millis += 5_000;

    SimulatedNode later = node();
    exchange(8);

    assertThat(later.presence().lastSeen(USER)).isEqualTo(seen);
    assertThat(a.presence().lastSeen(USER)).isEqualTo(seen);
  }

  /** Each disconnect lies a second above the heartbeat before, so the last ones lie far ahead. */
  @Test
  void userWhoComesAndGoesManyTimesInASecond_isOnlineAfterTheLastHeartbeat() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange(2);
    for (int i = 0; i < 20; i++) {
      a.presence().recordHeartbeat(USER);
      a.presence().disconnect(USER);
    }
    exchange(1);
    a.presence().recordHeartbeat(USER);
    exchange(8);
    assertThat(a.presence().isOnline(USER)).isTrue();
    assertThat(b.presence().isOnline(USER)).isTrue();
    assertThat(b.presence().lastSeen(USER)).isLessThanOrEqualTo(millis / 1_000 + AHEAD);
  }

  /** What is left in its store from that time tells of no heartbeat after the disconnect. */
  @Test
  void disconnectAtAnotherNode_isNotUndoneByOneWhoseClockWasAhead() {
    firstAheadMillis = 3_600_000;
    SimulatedNode a = node(5);
    SimulatedNode b = node(5);
    exchange(2);
    b.presence().recordHeartbeat(USER);
    exchange(2);
    assertThat(a.presence().lastSeen(USER)).isEqualTo(START_SECOND + 3_600);
    firstAheadMillis = 0;
    millis += 5_000;
    exchange(2);
    b.presence().disconnect(USER);
    exchange(8);
    assertThat(b.presence().isOnline(USER)).isFalse();
  }

  /** The third node reads the disconnect first, and always just misses what the first one says. */
  @Test
  void heartbeatElsewhereAfterADisconnect_isNotOfflineDuringAnExchange() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    SimulatedNode c = node();
    exchange(2);
    b.presence().recordHeartbeat(USER);
    exchange(2);
    b.presence().disconnect(USER);
    b.exchange();
    c.exchange();
    a.presence().recordHeartbeat(USER);
    meanwhile = () -> assertThat(c.presence().isOnline(USER)).isTrue();
    for (int i = 0; i < 6; i++) {
      millis += 20;
      c.exchange();
      a.exchange();
      b.exchange();
    }
    assertThat(c.presence().isOnline(USER)).isTrue();
  }

  /** More users than a place of the outbox has for heartbeats of the same second. */
  private static final long[] MANY = LongStream.range(0, 9_000).toArray();

  private static final int LAST = MANY.length - 1;

  @Test
  void heartbeatOfTheSameSecondThatFoundNoPlace_winsAgainstADisconnectThatIsUnderWay() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange(1);
    a.presence().recordHeartbeats(MANY);
    exchange(2);
    b.presence().disconnect(LAST);
    b.exchange();
    millis += 50;
    a.presence().recordHeartbeats(MANY);
    exchange(8);
    assertThat(a.presence().isOnline(LAST)).isTrue();
    assertThat(b.presence().isOnline(LAST)).isTrue();
  }

  @Test
  void heartbeatOfTheSameSecondThatFoundNoPlace_winsAgainstADisconnectThatIsKnown() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange(1);
    a.presence().recordHeartbeats(MANY);
    exchange(2);
    b.presence().disconnect(LAST);
    b.exchange();
    a.exchange();
    millis += 50;
    a.presence().recordHeartbeats(MANY);
    exchange(8);
    assertThat(a.presence().isOnline(LAST)).isTrue();
    assertThat(b.presence().isOnline(LAST)).isTrue();
  }

  /** What it defends in the first exchange, it publishes in the second one. */
  @Test
  void nodeThatEnds_publishesAHeartbeatThatADisconnectElsewhereCovers() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange(2);
    b.presence().recordHeartbeat(USER);
    exchange(1);
    b.presence().disconnect(USER);
    b.exchange();
    millis += 50;
    a.presence().recordHeartbeat(USER);
    a.finish();
    nodes.remove(a);
    a.close();
    exchange(8);
    assertThat(b.presence().isOnline(USER)).isTrue();
  }
}
