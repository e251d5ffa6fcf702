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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master, its replica, and a Sentinel. */
class SentinelTest {

  @TempDir private static Path folder;

  @Test
  void masterThatDies_isReplacedByTheOneThatTheSentinelNames() throws Exception {
    try (RedisServer master = RedisServer.start(folder);
        RedisServer replica = RedisServer.start(folder, "replicaof 127.0.0.1 " + master.port());
        RedisServer sentinel = RedisServer.startSentinel(folder, "main", master)) {
      String sentinels = "127.0.0.1:1,127.0.0.1:" + sentinel.port();
      assertThat(Logs.failureOf(Logs.at("redis-sentinel://" + sentinels + "#other")))
          .contains("server=127.0.0.1:1 step=connect")
          .endsWith(
              "; Sentinel must know the master: server=127.0.0.1:%d master=other"
                  .formatted(sentinel.port()));
      Await.until("the replica follows", () -> info(replica).contains("master_link_status:up"));
      Await.until("the Sentinel knows it", () -> info(sentinel).contains("slaves=1"));
      SharedLog log = Logs.at("redis-sentinel://" + sentinels + "#main");
      try (LogSession session = log.connect(Logs.PATIENCE)) {
        assertThat(Logs.texts(Logs.exchange(session, "a"))).containsExactly("a");
        master.kill();
        assertThat(Logs.failure(() -> Logs.exchange(session)))
            .contains("server=127.0.0.1:" + master.port());
      }
      List<String> read = new ArrayList<>();
      Await.until("a new session works", () -> exchanges(log, read));
      assertThat(read).contains("new");
      assertThat(replica.ask("XLEN", "presence:log:{0}")).isNotEqualTo(0L);
    }
    Threads.awaitEndOf(IoThread.NAME);
  }

  private static boolean exchanges(SharedLog log, List<String> read) {
    try (LogSession session = log.connect(Logs.PATIENCE)) {
      LogReply reply = Logs.exchange(session, "new");
      return read.addAll(Logs.texts(reply));
    } catch (LogException e) {
      return false;
    }
  }

  private static String info(RedisServer server) {
    try {
      return (String) server.ask("INFO");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
