package dev.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.Await;
import dev.presence.internal.replication.LogException;
import dev.presence.internal.replication.LogReply;
import dev.presence.internal.replication.LogSession;
import dev.presence.internal.replication.SharedLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of four streams on the three masters of a cluster. */
class ClusterTest {

  private static final int STREAMS = 4;

  /** The slots of the tags 0 to 3. */
  private static final int[] SLOTS = {13_907, 9_842, 5_649, 1_584};

  @TempDir private static Path folder;

  private static RedisCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = RedisCluster.start(folder);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void empty() throws Exception {
    cluster.awaitHealth();
    for (int slot : SLOTS) {
      assertThat(cluster.masterOf(slot).ask("FLUSHALL")).isEqualTo("OK");
    }
  }

  @Test
  void exchange_ofTwoSessions_showsEachTheFramesOfBoth() throws Exception {
    Threads.awaitEndOf(IoThread.NAME); // those of other tests
    SharedLog log = Logs.of(log(cluster.nodes().get(5).uri()));
    try (LogSession one = log.connect(Logs.PATIENCE);
        LogSession two = log.connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(one, "a", "b", "c", "d", "e")))
          .containsExactlyInAnyOrder("a", "b", "c", "d", "e");
      assertThat(Logs.texts(Logs.exchange(two, "f"))).hasSize(6).contains("a", "f");
      assertThat(Logs.texts(Logs.exchange(one))).containsExactly("f");
      assertThat(Threads.running(IoThread.NAME)).hasSize(2);
    }
    for (int i = 0; i < STREAMS; i++) {
      assertThat((Long) cluster.masterOf(SLOTS[i]).ask("XLEN", "presence:log:{" + i + "}"))
          .isPositive();
    }
    Threads.awaitEndOf(IoThread.NAME);
  }

  /** Its seed is the one that dies, and what else it needs it has learnt. */
  @Test
  void masterThatDies_endsTheSession_andTheNextOneFindsItsReplica() throws Exception {
    RedisServer master = cluster.masterOf(SLOTS[3]);
    SharedLog log = Logs.of(log(master.uri()));
    try (LogSession session = log.connect(Logs.PATIENCE)) {
      LogReply unused = Logs.exchange(session, "a", "b", "c", "d");
      master.kill();
      assertThat(Logs.failure(() -> Logs.exchange(session)))
          .contains("server=127.0.0.1:" + master.port());
    }
    try {
      List<String> read = new ArrayList<>();
      Await.until("a new session works", () -> exchanges(log, read));
      assertThat(read).contains("a", "b", "c", "new"); // a replica may not have had the last
    } finally {
      master.restart();
    }
  }

  @Test
  void slotThatMoves_endsTheSession_andTheNextOneFollows() throws Exception {
    RedisServer source = cluster.masterOf(SLOTS[0]);
    RedisServer target = cluster.masterOf(SLOTS[3]);
    SharedLog log = Logs.of(log(source.uri(), target.uri()));
    try (LogSession session = log.connect(Logs.PATIENCE)) {
      LogReply unused = Logs.exchange(session, "a", "b", "c", "d");
      cluster.move(SLOTS[0], "presence:log:{0}", target);
      assertThat(Logs.failure(() -> Logs.exchange(session)))
          .isEqualTo(
              "server must own the log, and as a master: server=127.0.0.1:%d step=XREAD answer=MOVED %d 127.0.0.1:%d"
                  .formatted(source.port(), SLOTS[0], target.port()));
    }
    try {
      List<String> read = new ArrayList<>();
      Await.until("a new session works", () -> exchanges(log, read));
      assertThat(read).contains("a", "b", "c", "d", "new");
    } finally {
      cluster.move(SLOTS[0], "presence:log:{0}", source);
    }
  }

  @Test
  void documentedPermissions_andOneMore_suffice() throws Exception {
    for (RedisServer node : cluster.nodes()) {
      assertThat(node.ask(AccessTest.documented())).isEqualTo("OK");
    }
    RedisLog log = log(cluster.nodes().get(0).uri("presence", Logs.PASSWORD));
    assertThat(Logs.failureOf(Logs.of(log)))
        .startsWith("user must have the permissions that RedisLog names: server=127.0.0.1:")
        .contains(" step=CLUSTER answer=NOPERM");
    for (RedisServer node : cluster.nodes()) {
      assertThat(node.ask("ACL", "SETUSER", "presence", "+cluster|slots")).isEqualTo("OK");
      assertThat(node.ask("ACL", "LOG", "RESET")).isEqualTo("OK");
    }
    try (LogSession session = Logs.of(log).connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(session, "a", "b", "c", "d"))).hasSize(4);
    }
    for (RedisServer node : cluster.nodes()) {
      assertThat((List<?>) node.ask("ACL", "LOG")).isEmpty();
    }
  }

  @Test
  void seeds_areAllTried_andEachThatFailsIsNamed() throws Exception {
    try (RedisServer alone = RedisServer.start(folder)) {
      assertThat(Logs.failureOf(Logs.of(log("redis://127.0.0.1:1", alone.uri()))))
          .startsWith("server must be reachable: server=127.0.0.1:1 step=connect")
          .contains("; server must accept the command: server=127.0.0.1:" + alone.port())
          .endsWith("ERR This instance has cluster support disabled");
      String seed = cluster.nodes().get(4).uri();
      RedisLog log = log("redis://127.0.0.1:1", alone.uri(), seed);
      try (LogSession session = Logs.of(log).connect(Logs.PATIENCE)) {
        assertThat(Logs.texts(Logs.exchange(session, "a"))).containsExactly("a");
      }
    }
  }

  @Test
  void plainLog_onANodeThatHasNotItsSlot_saysSo() throws Exception {
    RedisServer other = cluster.masterOf(SLOTS[3]);
    assertThat(Logs.failureOf(Logs.at(other.uri())))
        .startsWith("server must own the log, and as a master: server=127.0.0.1:" + other.port())
        .contains("answer=MOVED " + SLOTS[0]);
  }

  private static RedisLog log(String... seeds) {
    return RedisLog.inCluster(seeds).streams(STREAMS);
  }

  /** Whether a new session works; adds what it reads. */
  private static boolean exchanges(SharedLog log, List<String> read) {
    try (LogSession session = log.connect(Logs.PATIENCE)) {
      read.addAll(Logs.texts(Logs.exchange(session, "new")));
      return true;
    } catch (LogException e) {
      return false;
    }
  }
}
