package dev.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.Await;
import dev.presence.Presence;
import dev.presence.PresenceBuilder;
import dev.presence.PresenceListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Presences that share their users through a real Redis, and what happens to that. */
class ReplicatedPresenceTest {

  private static final String RULE =
      "ACL SETUSER presence reset on >secret ~presence:log:* +time +xadd +pexpire +xread";

  @TempDir private Path folder;

  private RedisServer server;
  private final List<Presence> nodes = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.start(folder);
    grant();
  }

  private void grant() throws Exception {
    assertThat(server.ask(RULE.split(" "))).isEqualTo("OK");
  }

  @AfterEach
  void stop() {
    nodes.forEach(Presence::close);
    if (server != null) {
      server.close();
    }
  }

  private Presence node() {
    return node(builder(server.uri("presence", "secret")));
  }

  private Presence node(PresenceBuilder builder) {
    Presence node = builder.name("node-" + nodes.size()).open();
    nodes.add(node);
    return node;
  }

  private static PresenceBuilder builder(String uri) {
    return Presence.builder()
        .maxUsers(1_000)
        .exchangeInterval(Duration.ofMillis(50))
        .joinTimeout(Duration.ofSeconds(30))
        .replicateThrough(RedisLog.at(uri));
  }

  private static boolean isLinked(Presence node) {
    return node.stats().replication().linked();
  }

  private boolean areLinked() {
    return nodes.stream().allMatch(ReplicatedPresenceTest::isLinked);
  }

  private boolean areLost() {
    return nodes.stream().noneMatch(ReplicatedPresenceTest::isLinked);
  }

  @Test
  void heartbeatsAndDisconnects_areKnownEverywhere_alsoToListeners() {
    Presence one = node();
    Presence two = node();
    Set<Long> online = new ConcurrentSkipListSet<>();
    two.subscribe(
        new PresenceListener() {
          @Override
          public void onOnline(long userId, long epochSecond) {
            online.add(userId);
          }

          @Override
          public void onOffline(long userId, long lastSeenEpochSecond) {
            online.remove(userId);
          }
        },
        Runnable::run);
    one.recordHeartbeats(new long[] {1, -1, Long.MIN_VALUE});
    Await.until("the listener is told", () -> online.size() == 3);
    assertThat(two.lastSeen(-1)).isEqualTo(one.lastSeen(-1));
    Await.until(
        "the other knows, unless the heartbeat has just come",
        () -> {
          two.disconnect(-1);
          return !one.isOnline(-1);
        });
    Await.until("the listener is told", () -> !online.contains(-1L));
    assertThat(one.statusOf(new long[] {1, -1, Long.MIN_VALUE})).containsExactly(true, false, true);
  }

  @Test
  void nodeThatStarts_knowsEverybodyWhenItIsOpen() {
    Crowd crowd = new Crowd(node(), node());
    Presence third = node();
    assertThat(third.statusOf(crowd.everybody())).doesNotContain(false);
  }

  @Test
  void redisThatStandsStill_changesNoAnswer_andHeals() throws Exception {
    Crowd crowd = new Crowd(node(), node());
    server.pause();
    try {
      crowd.isOnlineUntil("the links are lost", this::areLost);
      nodes.get(0).recordHeartbeat(1_000_000);
    } finally {
      server.resume();
    }
    crowd.isOnlineUntil("the links are back", this::areLinked);
    crowd.isOnlineUntil("what was missed is known", () -> nodes.get(1).isOnline(1_000_000));
  }

  @Test
  void redisThatStartsAnewAndEmpty_changesNoAnswer_andKnowsEverybodyAgain() throws Exception {
    Crowd crowd = new Crowd(node(), node());
    server.kill();
    crowd.isOnlineUntil("the links are lost", this::areLost);
    server.restart();
    grant();
    crowd.isOnlineUntil("the links are back", this::areLinked);
    Presence third = node();
    Await.until(
        "a new node knows everybody",
        () -> {
          crowd.isOnlineUntil("a beat", () -> true);
          return online(third, crowd.everybody()) == crowd.everybody().length;
        });
  }

  private static int online(Presence node, long[] userIds) {
    int count = 0;
    for (boolean isOnline : node.statusOf(userIds)) {
      count += isOnline ? 1 : 0;
    }
    return count;
  }

  @Test
  void redisThatIsFull_leavesNodesAlone_untilThereIsRoom() throws Exception {
    Crowd crowd = new Crowd(node(), node());
    assertThat(server.ask("CONFIG", "SET", "maxmemory", "1")).isEqualTo("OK");
    crowd.isOnlineUntil("the links are lost", this::areLost);
    assertThat(server.ask("CONFIG", "SET", "maxmemory", "0")).isEqualTo("OK");
    crowd.isOnlineUntil("the links are back", this::areLinked);
  }

  @Test
  void permissionTakenAway_leavesNodesAlone_untilItIsBack() throws Exception {
    Crowd crowd = new Crowd(node(), node());
    assertThat(server.ask("ACL", "SETUSER", "presence", "-xadd")).isEqualTo("OK");
    crowd.isOnlineUntil("the links are lost", this::areLost);
    grant();
    crowd.isOnlineUntil("the links are back", this::areLinked);
  }

  @Test
  void wrongPassword_openReturnsInTime_andTheNodeWorksAlone() {
    long startNanos = System.nanoTime();
    Presence alone =
        node(builder(server.uri("presence", "wrong")).joinTimeout(Duration.ofMillis(300)));
    assertThat(System.nanoTime() - startNanos).isLessThan(TimeUnit.SECONDS.toNanos(20));
    alone.recordHeartbeat(1);
    assertThat(alone.isOnline(1)).isTrue();
    assertThat(alone.stats().replication().linked()).isFalse();
  }

  @Test
  void serverThatFallsSilent_isNoticed_andDelaysNoCall() throws Exception {
    try (TcpProxy proxy = new TcpProxy(server.port())) {
      Presence behind = node(builder(proxy.uri().replace("//", "//presence:secret@")));
      Presence direct = node();
      Crowd crowd = new Crowd(behind, direct);
      proxy.fallSilent();
      crowd.isOnlineUntil("the link is lost", () -> !isLinked(behind));
      assertThat(isLinked(direct)).isTrue();
      behind.close(); // waits for no answer that does not come
    }
  }

  @Test
  void slowNetwork_delaysNoCall() throws Exception {
    try (TcpProxy proxy = new TcpProxy(server.port())) {
      Presence behind = node(builder(proxy.uri().replace("//", "//presence:secret@")));
      Presence direct = node();
      Crowd crowd = new Crowd(behind, direct);
      proxy.becomeSlow();
      long received = behind.stats().replication().receivedBytes();
      int[] steps = {0};
      crowd.isOnlineUntil("some time has passed", () -> ++steps[0] == 500);
      assertThat(behind.stats().replication().receivedBytes()).isGreaterThanOrEqualTo(received);
    }
  }

  @Test
  void foreignEntries_areSkippedAndCounted() throws Exception {
    Crowd crowd = new Crowd(node(), node());
    try (RawRedis raw = server.raw()) {
      for (int i = 0; i < 10; i++) {
        Object unused = raw.ask("XADD", "presence:log:{0}", "*", "f", "no frame " + i);
        Object unusedToo = raw.ask("XADD", "presence:log:{0}", "*", "other", "field");
      }
    }
    crowd.isOnlineUntil(
        "both have skipped them",
        () -> nodes.stream().allMatch(n -> n.stats().replication().badFrames() >= 20));
    assertThat(areLinked()).isTrue();
  }

  @Test
  void nodesOfAnotherPrefix_shareNothing() {
    Presence one = node(builder(server.uri()));
    Presence other =
        node(builder(server.uri()).replicateThrough(RedisLog.at(server.uri()).keyPrefix("other")));
    Presence third = node(builder(server.uri()));
    one.recordHeartbeat(1);
    Await.until("a node of the same prefix knows", () -> third.isOnline(1));
    assertThat(other.isOnline(1)).isFalse();
  }

  @Test
  void closedNode_hasPublishedItsLastHeartbeats_andLeavesNoThread() {
    Presence stays = node();
    Presence goes = node();
    goes.recordHeartbeat(5);
    goes.close();
    Await.until("the other knows", () -> stays.isOnline(5));
    Threads.awaitEndOf("node-1-replication");
  }
}
