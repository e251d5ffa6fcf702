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

/** What must survive a clock that is set, and seconds that lie ahead. */
class ReplicationClockTest {

  private static final long START_MILLIS = 1_800_000_000_000L;
  private static final long EXCHANGE_MILLIS = 200;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long USER = 7;

  private long millis = START_MILLIS;
  private long firstAheadMillis;

  /** What callers of the first node do whenever its clock is asked. */
  private Runnable atEachAsk = () -> {};

  private final MemoryLog log = new MemoryLog(() -> millis);
  private final List<SimulatedNode> nodes = new ArrayList<>();
  private final SimulatedNode a = node();
  private final SimulatedNode b = node();

  private SimulatedNode node() {
    boolean isFirst = nodes.isEmpty();
    SimulatedNode node =
        new SimulatedNode(
            log,
            () -> {
              if (isFirst) {
                atEachAsk.run();
              }
              return isFirst ? millis + firstAheadMillis : millis;
            },
            () -> millis * 1_000_000,
            new SplittableRandom(nodes.size()),
            SimulatedNode.Config.DEFAULT);
    nodes.add(node);
    return node;
  }

  private void exchange(int times) {
    for (int i = 0; i < times; i++) {
      millis += EXCHANGE_MILLIS;
      nodes.forEach(SimulatedNode::exchange);
    }
  }

  private long second() {
    return millis / 1_000;
  }

  @AfterEach
  void close() {
    nodes.forEach(SimulatedNode::close);
  }

  /** Frames carry the log's time, and not what it was before. */
  @Test
  void heartbeatAfterTheClockWasSetBack_isKnownToTheOther() {
    exchange(2);
    firstAheadMillis = -HOUR_MILLIS;
    a.presence().recordHeartbeat(USER);
    long second = second();
    exchange(2);
    assertThat(b.presence().lastSeen(USER)).isEqualTo(second);
  }

  /** The node that lowered the stamp would keep it so, and the others would not. */
  @Test
  void disconnectOfAnEarlierSecondThanTheHeartbeatBeforeIt_meansTheSameEverywhere() {
    firstAheadMillis = 500;
    exchange(2);
    millis = START_MILLIS + 10_550;
    a.presence().recordHeartbeat(USER); // in second 11 of this clock
    exchange(1);
    assertThat(b.presence().isOnline(USER)).isTrue();
    millis += EXCHANGE_MILLIS / 2;
    b.presence().disconnect(USER); // in second 10
    assertThat(b.presence().isOnline(USER)).isFalse();

    exchange(8);

    assertThat(b.presence().isOnline(USER)).isEqualTo(a.presence().isOnline(USER));
  }

  /** Nobody knows any more when it was; later ones than it must not fall to it. */
  @Test
  void disconnectBeforeTheClockWasSetBack_takesNoLaterHeartbeat() {
    exchange(2);
    a.presence().disconnect(USER);
    firstAheadMillis = -HOUR_MILLIS;
    b.presence().recordHeartbeat(USER);
    long second = second();
    exchange(8);
    assertThat(b.presence().lastSeen(USER)).isEqualTo(second);
  }

  /** The log's frames are gone, so that what a node knows of disconnects is in its memory alone. */
  @ParameterizedTest
  @ValueSource(longs = {-20_000, 20_000, HOUR_MILLIS})
  void clockThatIsSet_takesTheTombstonesAlong(long aheadMillis) {
    exchange(2);
    b.presence().recordHeartbeat(USER);
    b.exchange();
    byte[] before = log.frames().get(log.frames().size() - 1);
    millis += 3_000;
    b.presence().disconnect(USER);
    exchange(8);
    assertThat(a.presence().isOnline(USER)).isFalse();
    log.clear();
    firstAheadMillis = aheadMillis;
    exchange(2);
    log.append(before);
    exchange(2);
    assertThat(a.presence().isOnline(USER)).isFalse();
    b.presence().recordHeartbeat(USER);
    exchange(2);
    assertThat(a.presence().isOnline(USER)).isTrue();
    assertThat(b.presence().isOnline(USER)).isTrue();
  }

  /** Whoever waits to be lowered would be, by a second of another time. */
  @Test
  void clockThatIsSetBackWhileADisconnectWaits_losesNoLaterHeartbeat() {
    exchange(2);
    b.presence().recordHeartbeat(USER);
    exchange(2);
    b.presence().disconnect(USER);
    b.exchange();
    a.exchange();
    firstAheadMillis = -HOUR_MILLIS;
    millis += 2_000;
    a.exchange();
    b.presence().recordHeartbeat(USER);
    exchange(8);
    assertThat(a.presence().isOnline(USER)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void clockThatIsSetBackAtAnyMomentOfAnExchange_losesNoLaterHeartbeat(int asks) {
    exchange(2);
    int[] left = {asks};
    atEachAsk =
        () -> {
          if (--left[0] == 0) {
            atEachAsk = () -> {}; // a disconnect asks the clock, too
            a.presence().disconnect(USER);
            firstAheadMillis = -HOUR_MILLIS;
          }
        };
    a.exchange();
    while (left[0] > 0) { // where an exchange asks fewer times
      a.exchange();
    }
    exchange(4);
    b.presence().recordHeartbeat(USER);
    long second = second();
    exchange(6);
    assertThat(a.presence().lastSeen(USER)).isEqualTo(second - HOUR_MILLIS / 1_000);
    assertThat(b.presence().lastSeen(USER)).isEqualTo(second);
  }
}
