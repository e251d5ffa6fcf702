package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presence.internal.replication.MemoryLog;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What must survive links, logs and clocks that fail. */
class ReplicationOutageTest {

  private static final long START_MILLIS = 1_800_000_000_000L;
  private static final long START_SECOND = START_MILLIS / 1_000;
  private static final long EXCHANGE_MILLIS = 200;
  private static final long USER = 7;

  private long millis = START_MILLIS;
  private long nanosAhead;

  /** The clock of the first node throws when it is asked so many times more. */
  private int asksUntilFailure = Integer.MAX_VALUE;

  /** What callers of the first node do whenever its clock is asked. */
  private Runnable atEachAsk = () -> {};

  /** An exchange fails when so many more have been begun; what its caller does meanwhile. */
  private int exchangesUntilFailure = Integer.MAX_VALUE;

  private Runnable meanwhile = () -> {};
  private MemoryLog.Failure failure = MemoryLog.Failure.BEFORE;
  private long firstAheadMillis;

  private final MemoryLog log =
      new MemoryLog(
          () -> millis,
          new MemoryLog.Trouble() {
            @Override
            public MemoryLog.Failure failure() {
              if (--exchangesUntilFailure > 0) {
                return MemoryLog.Failure.NONE;
              }
              exchangesUntilFailure = Integer.MAX_VALUE;
              meanwhile.run();
              return failure;
            }
          });

  private final List<SimulatedNode> nodes = new ArrayList<>();

  private SimulatedNode node() {
    return node(SimulatedNode.Config.DEFAULT);
  }

  private SimulatedNode node(SimulatedNode.Config config) {
    boolean isFirst = nodes.isEmpty();
    SimulatedNode node =
        new SimulatedNode(
            log,
            () -> {
              if (isFirst) {
                atEachAsk.run();
              }
              if (isFirst && --asksUntilFailure == 0) {
                throw new IllegalStateException("the clock fails");
              }
              return isFirst ? millis + firstAheadMillis : millis;
            },
            () -> millis * 1_000_000 + nanosAhead,
            new SplittableRandom(nodes.size()),
            config);
    nodes.add(node);
    return node;
  }

  private void exchange() {
    for (int i = 0; i < 2; i++) {
      millis += EXCHANGE_MILLIS;
      nodes.forEach(SimulatedNode::exchange);
    }
  }

  @AfterEach
  void close() {
    asksUntilFailure = Integer.MAX_VALUE;
    nodes.forEach(SimulatedNode::close);
  }

  @Test
  void heartbeatAfterADisconnectWhileTheLogIsAway_isNotLost() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange();
    log.setReachable(false);
    exchange();
    a.presence().disconnect(USER);
    a.presence().recordHeartbeat(USER);
    exchange();
    log.setReachable(true);
    millis += 2_000;
    for (int i = 0; i < 3; i++) {
      exchange();
      assertThat(a.presence().isOnline(USER)).isTrue();
    }
    assertThat(b.presence().isOnline(USER)).isTrue();
  }

  @Test
  void lateHeartbeatThatTheLostLinkThrewAway_isPublished() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange();
    exchangesUntilFailure = 1;
    meanwhile = () -> a.presence().recordHeartbeat(USER, START_SECOND - 20);
    a.exchange();
    assertThat(a.stats().linked()).isFalse();
    millis += 2_000;
    exchange();
    assertThat(b.presence().lastSeen(USER)).isEqualTo(START_SECOND - 20);
  }

  @Test
  void lateHeartbeatThatFoundNoPlace_isPublished() {
    SimulatedNode.Config many = new SimulatedNode.Config(30, 30, 1, 20_000);
    SimulatedNode a = node(many);
    SimulatedNode b = node(many);
    exchange();
    for (int userId = 0; userId < 20_000; userId++) {
      a.presence().recordHeartbeat(userId, START_SECOND - 10);
    }
    for (int i = 0; i < 30; i++) {
      exchange();
    }
    assertThat(b.presence().onlineCount()).isEqualTo(20_000);
  }

  @Test
  void nodeThatJoins_doesNotBringBackWhoHasLeft() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange();
    a.presence().recordHeartbeat(USER);
    exchange();
    b.presence().disconnect(USER);
    exchange();
    SimulatedNode c = node();
    for (int i = 0; i < 4; i++) {
      exchange();
    }
    for (SimulatedNode node : List.of(a, b, c)) {
      assertThat(node.presence().isOnline(USER)).isFalse();
    }
  }

  @Test
  void nodeThatComesBack_doesNotBringBackWhoHasLeft() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange();
    log.setReachable(false);
    exchange();
    a.presence().recordHeartbeat(8); // of another user
    b.presence().recordHeartbeat(USER);
    millis += 200;
    b.presence().disconnect(USER);
    log.setReachable(true);
    millis += 2_000;
    exchange();
    exchange();
    assertThat(a.presence().isOnline(8)).isTrue();
    assertThat(a.presence().isOnline(USER)).isFalse();
    assertThat(b.presence().isOnline(USER)).isFalse();
  }

  @Test
  void secondDisconnectOfAUserWhoCameBackInTheSameSecond_isNotLost() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange();
    for (int i = 0; i < 4; i++) {
      a.presence().recordHeartbeat(USER);
      exchangeAtOnce();
      assertThat(b.presence().isOnline(USER)).isTrue();
      a.presence().disconnect(USER);
      for (int j = 0; j < 3; j++) {
        exchangeAtOnce(); // the others wait whether a heartbeat came after that
      }
      assertThat(b.presence().isOnline(USER)).isFalse();
    }
  }

  private void exchangeAtOnce() {
    millis += 20;
    nodes.forEach(SimulatedNode::exchange);
    nodes.forEach(SimulatedNode::exchange);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void clockThatThrows_losesNoFrame(int asks) {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange();
    b.presence().recordHeartbeat(USER);
    b.exchange();
    asksUntilFailure = asks;
    assertThatThrownBy(
            () -> {
              a.exchange();
              a.presence().isOnline(USER); // where an exchange asks fewer times
              a.presence().isOnline(USER);
              a.presence().isOnline(USER);
              a.presence().isOnline(USER);
            })
        .hasMessage("the clock fails");
    asksUntilFailure = Integer.MAX_VALUE;
    exchange();
    assertThat(a.presence().isOnline(USER)).isTrue();
    assertThat(a.stats().linked()).isTrue();
  }

  @Test
  void disconnectsWhileTheLogIsAway_areBounded() {
    SimulatedNode a = node();
    exchange();
    long sent = a.stats().sentUsers();
    log.setReachable(false);
    exchange();
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 100_000; j++) {
        a.presence().disconnect(i * 100_000 + j);
      }
      exchange();
    }
    log.setReachable(true);
    millis += 2_000;
    exchange();
    assertThat(a.stats().sentUsers() - sent).isBetween(100_000L, 262_144L);
  }

  /** The machine's time may be any number, negative ones too. */
  @ParameterizedTest
  @ValueSource(longs = {0, -2 * START_MILLIS * 1_000_000})
  void linkThatIsLostAgainBeforeAllIsPublished_losesNoLateHeartbeat(long nanos) {
    nanosAhead = nanos;
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange();
    log.setReachable(false);
    exchange();
    a.presence().recordHeartbeat(USER, START_SECOND - 20);
    log.setReachable(true);
    millis += 2_000;
    exchangesUntilFailure = 2; // the first one asks for the log's time
    a.exchange();
    assertThat(a.stats().linked()).isFalse();
    millis += 2_000;
    exchange();
    assertThat(b.presence().lastSeen(USER)).isEqualTo(START_SECOND - 20);
  }

  @Test
  void heartbeatAtAnyMomentOfAReconnection_isPublished() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange();
    log.setReachable(false);
    exchange();
    log.setReachable(true);
    millis += 2_000;
    List<Long> users = new ArrayList<>();
    Runnable beat =
        () -> {
          Runnable again = atEachAsk;
          atEachAsk = () -> {}; // a heartbeat asks the clock, too
          users.add(1_000L + users.size());
          a.presence().recordHeartbeat(users.get(users.size() - 1), START_SECOND - 15);
          atEachAsk = again;
        };
    atEachAsk = beat;
    a.exchange();
    atEachAsk = () -> {};
    assertThat(users).hasSizeGreaterThan(5);
    exchange();
    for (long userId : users) {
      assertThat(b.presence().lastSeen(userId)).isEqualTo(START_SECOND - 15);
    }
  }

  @Test
  void lateHeartbeatLongAfterADisconnect_keepsItsSecond() {
    SimulatedNode.Config config = new SimulatedNode.Config(30, 90, 1, 10_000);
    SimulatedNode a = node(config);
    SimulatedNode b = node(config);
    exchange();
    a.presence().disconnect(USER);
    exchange();
    millis += 40_000;
    exchange();
    a.presence().recordHeartbeat(USER, START_SECOND - 3);
    exchange();
    assertThat(a.presence().lastSeen(USER)).isEqualTo(START_SECOND - 3);
    assertThat(b.presence().lastSeen(USER)).isEqualTo(START_SECOND - 3);
  }

  @Test
  void frameFromBeforeADisconnect_doesNotBringTheUserBackWithinTheWindow() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange();
    a.presence().recordHeartbeat(USER);
    a.exchange();
    byte[] frame = log.frames().get(log.frames().size() - 1);
    exchange();
    millis += 5_000;
    b.presence().disconnect(USER);
    exchange();
    for (int i = 0; i < 5; i++) {
      millis += 5_000;
      log.append(frame);
      exchange();
      assertThat(a.presence().isOnline(USER)).isFalse();
      assertThat(b.presence().isOnline(USER)).isFalse();
    }
  }

  @Test
  void disconnectWhileAFrameIsUnderWay_isNotUndoneByIt() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange();
    b.presence().recordHeartbeat(USER);
    b.exchange();
    exchangesUntilFailure = 1;
    failure = MemoryLog.Failure.NONE;
    meanwhile = () -> a.presence().disconnect(USER);
    a.exchange();
    assertThat(a.presence().isOnline(USER)).isFalse();
  }

  @Test
  void clockThatIsSet_losesTheUsersOfOthersForOneExchange() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange();
    b.presence().recordHeartbeat(USER);
    exchange();
    firstAheadMillis = 3_600_000;
    assertThat(a.presence().isOnline(USER)).isFalse();
    exchange();
    assertThat(a.presence().isOnline(USER)).isTrue();
    assertThat(a.presence().lastSeen(USER)).isEqualTo(START_SECOND + 3_600);
  }

  @Test
  void failOver_losesNothingOfTheLastSeconds() {
    SimulatedNode a = node();
    exchange();
    log.setReachable(false);
    exchange();
    a.presence().recordHeartbeat(USER, START_SECOND - 20);
    log.setReachable(true);
    millis += 2_000;
    exchange();
    a.presence().recordHeartbeat(8);
    exchange();
    log.setReachable(false);
    log.clear(); // a replica takes over that has nothing of that
    exchange();
    log.setReachable(true);
    millis += 2_000;
    exchange();
    SimulatedNode b = node();
    exchange();
    assertThat(b.presence().lastSeen(USER)).isEqualTo(START_SECOND - 20);
    assertThat(b.presence().isOnline(8)).isTrue();
  }

  @Test
  void nodeThatCloses_publishesWhatItHas() {
    SimulatedNode a = node();
    SimulatedNode b = node();
    exchange();
    a.presence().recordHeartbeat(USER);
    nodes.remove(a);
    a.exchange();
    a.close();
    exchange();
    assertThat(b.presence().isOnline(USER)).isTrue();
  }
}
