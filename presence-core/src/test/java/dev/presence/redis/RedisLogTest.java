package dev.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.replication.LogSession;
import dev.presence.internal.replication.SharedLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sessions exchange through one healthy server. */
class RedisLogTest {

  @TempDir private static Path folder;

  private static RedisServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RedisServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void empty() throws Exception {
    assertThat(server.ask("FLUSHALL")).isEqualTo("OK");
  }

  @Test
  void exchange_ofTwoSessions_showsEachTheFramesOfBothInOrder() throws Exception {
    SharedLog log = Logs.at(server.uri());
    try (LogSession first = log.connect(Logs.PATIENCE);
        LogSession second = log.connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(first, "a", "b"))).containsExactly("a", "b");
      assertThat(Logs.texts(Logs.exchange(second, "c"))).containsExactly("a", "b", "c");
      assertThat(Logs.texts(Logs.exchange(first))).containsExactly("c");
      assertThat(Logs.texts(Logs.exchange(second))).isEmpty();
    }
  }
}
