package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.replication.MemoryLog;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a node gets what the log does not hold any more. */
class TransferTest {

  private static final long START_MILLIS = 1_800_000_000_000L;
  private static final long START_SECOND = START_MILLIS / 1_000;
  private static final long USER = 7;
  private static final SimulatedNode.Config LONG = new SimulatedNode.Config(30, 3_600, 1, 10_000);

  private long millis = START_MILLIS;
  private int exchangesUntilFailure = Integer.MAX_VALUE;
  private int framesUntilLoss = Integer.MAX_VALUE;

  /** How far the clock of the second node is ahead. */
  private long secondAheadMillis;

  private final MemoryLog log =
      new MemoryLog(
          () -> millis,
          new MemoryLog.Trouble() {
            @Override
            public MemoryLog.Failure failure() {
              return --exchangesUntilFailure == 0
                  ? MemoryLog.Failure.BEFORE
                  : MemoryLog.Failure.NONE;
            }

            @Override
            public int copies() {
              return --framesUntilLoss == 0 ? 0 : 1;
            }
          });
  private final List<SimulatedNode> nodes = new ArrayList<>();

  private SimulatedNode node() {
    return node(LONG);
  }

  private SimulatedNode node(SimulatedNode.Config config) {
    boolean isSecond = nodes.size() == 1;
    SimulatedNode node =
        new SimulatedNode(
            log,
            () -> isSecond ? millis + secondAheadMillis : millis,
            () -> millis * 1_000_000,
            new SplittableRandom(nodes.size()),
            config);
    nodes.add(node);
    return node;
  }

  private void exchange(int times, long intervalMillis) {
    for (int i = 0; i < times; i++) {
      millis += intervalMillis;
      nodes.forEach(SimulatedNode::exchange);
    }
  }

  @AfterEach
  void close() {
    nodes.forEach(SimulatedNode::close);
  }

  /** Nodes that know a user who was last seen ten minutes ago. */
  private void longAgo(int count, SimulatedNode.Config config) {
    for (int i = 0; i < count; i++) {
      node(config);
    }
    exchange(2, 200);
    nodes.get(0).presence().recordHeartbeat(USER);
    exchange(2, 200);
    millis += 600_000;
    exchange(2, 200);
  }

  @Test
  void nodeThatJoins_getsWhatIsOlderThanTheLog() {
    longAgo(3, LONG);
    SimulatedNode joining = node();
    exchange(10, 200);
    assertThat(joining.presence().lastSeen(USER)).isEqualTo(START_SECOND);
    assertThat(joining.stats().resyncs()).isEqualTo(1);
    assertThat(nodes.stream().mapToLong(node -> node.stats().sentUsers()).sum())
        .as("one heartbeat, and one answer")
        .isEqualTo(2);
  }

  /** Requests, offers and answers take an exchange each, however long that is. */
  @ParameterizedTest
  @ValueSource(ints = {10, 1_000, 10_000})
  void anyExchangeInterval_isEnough(int interval) {
    SimulatedNode.Config config = LONG.exchangingEvery(interval);
    longAgo(2, config);
    SimulatedNode joining = node(config);
    exchange(10, interval);
    assertThat(joining.presence().lastSeen(USER)).isEqualTo(START_SECOND);
  }

  @Test
  void twoThatAsk_bothGetIt() {
    longAgo(2, LONG);
    SimulatedNode one = node();
    SimulatedNode other = node();
    exchange(12, 200);
    assertThat(one.presence().lastSeen(USER)).isEqualTo(START_SECOND);
    assertThat(other.presence().lastSeen(USER)).isEqualTo(START_SECOND);
  }

  @Test
  void theOneWhoAnswersDies_anotherDoes() {
    longAgo(3, LONG);
    SimulatedNode joining = node();
    for (int i = 0; i < 10 && nodes.size() == 4; i++) {
      exchangeUntilOneAnswers();
    }
    assertThat(nodes).as("one has answered, and is gone").hasSize(3);
    assertThat(joining.presence().lastSeen(USER)).isNegative();
    exchange(400, 200);
    assertThat(joining.presence().lastSeen(USER)).isEqualTo(START_SECOND);
    assertThat(joining.stats().resyncs()).isEqualTo(2);
  }

  /** Whoever answers dies at once, and its answer gets lost. */
  private void exchangeUntilOneAnswers() {
    millis += 200;
    for (SimulatedNode node : List.copyOf(nodes)) {
      long before = node.stats().sentUsers();
      node.exchange();
      if (node.stats().sentUsers() > before) {
        nodes.remove(node);
        node.close();
        log.clear();
        return;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void anExchangeThatFails_losesNeitherRequestNorAnswer(int exchanges) {
    longAgo(2, LONG);
    SimulatedNode joining = node();
    exchangesUntilFailure = exchanges;
    exchange(400, 200);
    assertThat(exchangesUntilFailure).isNegative();
    assertThat(joining.presence().lastSeen(USER)).isEqualTo(START_SECOND);
  }

  /** Of some 30 segments a drain sends 16; whatever was lost with the link is sent again. */
  @ParameterizedTest
  @ValueSource(ints = {10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
  void anExchangeThatFails_losesNoPartOfALongAnswer(int exchanges) {
    SimulatedNode.Config large = new SimulatedNode.Config(30, 3_600, 1, 300_000);
    long[] users = LongStream.range(0, 1_000).toArray();
    node(large);
    node(large);
    exchange(2, 200);
    nodes.get(0).presence().recordHeartbeats(users);
    exchange(2, 200);
    millis += 600_000;
    exchange(2, 200);
    SimulatedNode joining = node(large);
    exchangesUntilFailure = exchanges;
    exchange(400, 200);
    assertThat(joining.presence().lastSeenOf(users)).containsOnly(START_SECOND);
  }

  @Test
  void nodeThatWasAwayForLong_getsWhatItHasMissed() {
    longAgo(2, LONG);
    SimulatedNode away = nodes.remove(1);
    nodes.get(0).presence().recordHeartbeat(8);
    long second = millis / 1_000;
    exchange(60, 2_000); // longer than the log holds it
    nodes.add(away);
    exchange(10, 200);
    assertThat(away.presence().lastSeen(8)).isEqualTo(second);
  }

  @Test
  void nodeThatWasAwayForLong_andWhoseClockWasSetBack_getsWhatItHasMissed() {
    longAgo(2, LONG);
    SimulatedNode away = nodes.remove(1);
    nodes.get(0).presence().recordHeartbeat(8);
    long second = millis / 1_000;
    exchange(60, 2_000);
    secondAheadMillis = -1_800_000;
    nodes.add(away);
    exchange(10, 200);
    assertThat(away.presence().lastSeen(8)).isEqualTo(second - 1_800);
  }

  @Test
  void frameThatTheLogLoses_isAskedForWithTheNextOne() {
    longAgo(2, LONG);
    framesUntilLoss = 1;
    nodes.get(0).presence().recordHeartbeat(8);
    long second = millis / 1_000;
    exchange(2, 200);
    assertThat(nodes.get(1).presence().lastSeen(8)).isNegative();
    nodes.get(0).presence().recordHeartbeat(9);
    exchange(12, 200);
    assertThat(nodes.get(1).presence().lastSeen(8)).isEqualTo(second);
    assertThat(nodes.get(1).stats().resyncs()).isPositive();
  }

  @Test
  void nobodyAnswers_theNodeGoesOnWithoutIt() {
    SimulatedNode alone = node();
    exchange(1, 200);
    assertThat(alone.stats().resyncs()).isEqualTo(1);
    exchange(20, 200);
    assertThat(alone.stats().resyncs()).isEqualTo(1);
    alone.presence().recordHeartbeat(USER);
    SimulatedNode joining = node();
    exchange(10, 200);
    assertThat(joining.presence().isOnline(USER)).isTrue();
  }
}
