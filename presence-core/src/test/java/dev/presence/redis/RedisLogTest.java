package dev.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presence.Await;
import dev.presence.internal.replication.LogException;
import dev.presence.internal.replication.LogReply;
import dev.presence.internal.replication.LogSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What sessions exchange through one healthy server, and what is in it. */
class RedisLogTest {

  private static final String KEY = "presence:log:{0}";

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
    try (LogSession first = connect();
        LogSession second = connect()) {
      assertThat(Logs.texts(Logs.exchange(first, "a", "b"))).containsExactly("a", "b");
      assertThat(Logs.texts(Logs.exchange(second, "c"))).containsExactly("a", "b", "c");
      assertThat(Logs.texts(Logs.exchange(first))).containsExactly("c");
      assertThat(Logs.texts(Logs.exchange(second))).isEmpty();
    }
  }

  @Test
  void exchange_ofNothing_tellsTheTimeAndLeavesNothing() throws Exception {
    try (LogSession session = connect()) {
      long before = serverMillis();
      LogReply reply = Logs.exchange(session);
      assertThat(reply.logMillis()).isBetween(before, serverMillis());
      assertThat(reply.frames()).isEmpty();
      assertThat(reply.skipped()).isZero();
      assertThat(reply.caughtUp()).isTrue();
      assertThat(reply.bytes()).isBetween(20L, 200L);
    }
    assertThat(server.ask("DBSIZE")).isEqualTo(0L);
  }

  @Test
  void exchange_ofMoreThanOneAnswerHolds_readsTheRestNextTime() throws Exception {
    String[] texts = IntStream.range(0, 70).mapToObj(i -> "f" + i).toArray(String[]::new);
    try (LogSession session = connect()) {
      LogReply first = Logs.exchange(session, texts);
      assertThat(first.caughtUp()).isFalse();
      LogReply second = Logs.exchange(session);
      assertThat(second.caughtUp()).isTrue();
      List<String> all = new ArrayList<>(Logs.texts(first));
      assertThat(all).hasSize(64);
      all.addAll(Logs.texts(second));
      assertThat(all).containsExactly(texts);
    }
  }

  @Test
  void exchange_ofMoreThanOneBatch_appendsAllInOrder() throws Exception {
    String[] texts = IntStream.range(0, 600).mapToObj(i -> "f" + i).toArray(String[]::new);
    try (LogSession session = connect()) {
      LogReply unused = Logs.exchange(session, texts);
    }
    assertThat(readAll(connect())).containsExactly(texts);
  }

  @Test
  void exchange_ofTheLargestAnswerOfFrames_readsIt() throws Exception {
    byte[] largest = new byte[LogReply.LARGEST_FRAME];
    try (LogSession session = connect()) {
      LogReply reply =
          session.exchange(
              Collections.nCopies(Round.LARGEST_COUNT, largest),
              Logs.HORIZON_MILLIS,
              Logs.PATIENCE);
      assertThat(reply.frames()).hasSize(Round.LARGEST_COUNT).containsOnly(largest);
      assertThat(reply.bytes()).isGreaterThan(Round.LARGEST_COUNT * (long) largest.length);
    }
  }

  @Test
  void exchange_ofATooLargeFrame_isRefused() throws Exception {
    try (LogSession session = connect()) {
      List<byte[]> frames = List.of(new byte[1], new byte[LogReply.LARGEST_FRAME + 1]);
      assertThatThrownBy(() -> session.exchange(frames, Logs.HORIZON_MILLIS, Logs.PATIENCE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("frame must be <= 262144 bytes: length=262145");
    }
    assertThat(server.ask("DBSIZE")).isEqualTo(0L);
  }

  @Test
  void exchange_ofFrames_trimsWhatIsOlderThanTheHorizon() throws Exception {
    for (int i = 1; i <= 250; i++) {
      Object unused = server.ask("XADD", KEY, i + "-0", "f", "old");
    }
    try (LogSession session = connect()) {
      LogReply unused = Logs.exchange(session, "new");
    }
    assertThat((Long) server.ask("XLEN", KEY)).isLessThanOrEqualTo(100); // a node of the stream
    assertThat(readAll(connect())).endsWith("new");
  }

  @Test
  void exchange_ofFrames_letsTheKeyExpireWhenNobodyAppends() throws Exception {
    try (LogSession session = connect()) {
      LogReply reply = Logs.exchange(session, "frame");
      assertThat(reply.frames()).hasSize(1);
      assertThat((Long) server.ask("PTTL", KEY))
          .isBetween(Logs.HORIZON_MILLIS, 2 * Logs.HORIZON_MILLIS);
      assertThat(server.ask("PEXPIRE", KEY, "100000")).isEqualTo(1L);
      LogReply unused = Logs.exchange(session);
      assertThat((Long) server.ask("PTTL", KEY)).isLessThanOrEqualTo(100_000L);
      LogReply last = session.exchange(Logs.frames("last"), 50, Logs.PATIENCE);
      assertThat(Logs.texts(last)).containsExactly("last");
    }
    Await.until("the key expires", () -> Long.valueOf(0).equals(askQuietly("EXISTS", KEY)));
  }

  @Test
  void foreignEntries_areSkippedAndCounted() throws Exception {
    String large = "x".repeat(LogReply.LARGEST_FRAME + 1);
    server.ask("XADD", KEY, "*", "g", "another field");
    server.ask("XADD", KEY, "*", "f", "one", "f", "two");
    server.ask("XADD", KEY, "*", "f", large);
    server.ask("XADD", KEY, "*", large, "f");
    server.ask("XADD", KEY, "*", "f", "frame");
    server.ask("XADD", KEY, "*", "", "");
    try (LogSession session = connect()) {
      LogReply reply = Logs.exchange(session);
      assertThat(Logs.texts(reply)).containsExactly("frame");
      assertThat(reply.skipped()).isEqualTo(5);
      assertThat(Logs.exchange(session).skipped()).isZero();
    }
  }

  /** Each is more than a whole answer of frames may be. */
  @Test
  void foreignEntries_thatNoMemoryShouldHold_arePassed() throws Exception {
    String huge = "x".repeat(20 << 20);
    server.ask("XADD", KEY, "*", "f", huge);
    server.ask("XADD", KEY, "*", "f", "a");
    server.ask("XADD", KEY, "*", "g", huge);
    server.ask("XADD", KEY, "*", huge, "g");
    server.ask("XADD", KEY, "*", "f", "b");
    try (LogSession session = connect()) {
      List<String> read = new ArrayList<>();
      int skipped = 0;
      LogReply reply;
      do {
        reply = Logs.exchange(session);
        assertThat(reply.bytes()).isLessThan(20 << 20);
        read.addAll(Logs.texts(reply));
        skipped += reply.skipped();
      } while (!reply.caughtUp());
      assertThat(read).containsExactly("a", "b");
      assertThat(skipped).isEqualTo(3);
      assertThat(Logs.texts(Logs.exchange(session, "c"))).containsExactly("c");
    }
  }

  @Test
  void keyOfAnotherType_isSaid() throws Exception {
    assertThat(server.ask("SET", KEY, "text")).isEqualTo("OK");
    try (LogSession session = connect()) {
      assertThat(Logs.failure(() -> Logs.exchange(session)))
          .isEqualTo(
              "key of the log must hold a stream: server=127.0.0.1:%d step=XREAD answer=WRONGTYPE"
                      .formatted(server.port())
                  + " Operation against a key holding the wrong kind of value");
    }
  }

  @Test
  void keyPrefixes_shareNothing() throws Exception {
    RedisLog log = RedisLog.at(server.uri());
    try (LogSession one = Logs.of(log.keyPrefix("one")).connect(Logs.PATIENCE);
        LogSession two = Logs.of(log.keyPrefix("two")).connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(one, "1"))).containsExactly("1");
      assertThat(Logs.texts(Logs.exchange(two, "2"))).containsExactly("2");
    }
    assertThat((List<?>) server.ask("KEYS", "*"))
        .map(Object::toString)
        .containsExactlyInAnyOrder("one:log:{0}", "two:log:{0}");
  }

  @Test
  void streams_ofALog_haveTheFramesInTurn() throws Exception {
    RedisLog log = RedisLog.at(server.uri()).streams(3);
    try (LogSession one = Logs.of(log).connect(Logs.PATIENCE);
        LogSession two = Logs.of(log).connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(one, "a", "b", "c", "d")))
          .containsExactlyInAnyOrder("a", "b", "c", "d");
      assertThat(Logs.texts(Logs.exchange(two))).containsExactlyInAnyOrder("a", "b", "c", "d");
    }
    assertThat(server.ask("XLEN", "presence:log:{0}")).isEqualTo(2L);
    assertThat(server.ask("XLEN", "presence:log:{1}")).isEqualTo(1L);
    assertThat(server.ask("XLEN", "presence:log:{2}")).isEqualTo(1L);
  }

  /** As many as there can be, with more frames than go out at once. */
  @Test
  void streams_asManyAsAllowed_areAllRead() throws Exception {
    RedisLog log = RedisLog.at(server.uri()).streams(RedisLog.LARGEST_STREAMS);
    String[] texts = IntStream.range(0, 300).mapToObj(i -> "f" + i).toArray(String[]::new);
    try (LogSession session = Logs.of(log).connect(Logs.PATIENCE)) {
      assertThat(Logs.exchange(session, texts).frames()).hasSize(RedisLog.LARGEST_STREAMS);
    }
    assertThat(readAll(Logs.of(log).connect(Logs.PATIENCE))).containsExactlyInAnyOrder(texts);
  }

  @Test
  void database_ofTheAddress_isUsed() throws Exception {
    try (LogSession session = Logs.at(server.uri() + "/3").connect(Logs.PATIENCE)) {
      LogReply unused = Logs.exchange(session, "frame");
    }
    assertThat(server.ask("DBSIZE")).isEqualTo(0L);
    try (RawRedis raw = server.raw()) {
      assertThat(raw.ask("SELECT", "3")).isEqualTo("OK");
      assertThat(raw.ask("XLEN", KEY)).isEqualTo(1L);
    }
  }

  private static LogSession connect() throws LogException {
    return Logs.at(server.uri()).connect(Logs.PATIENCE);
  }

  private static List<String> readAll(LogSession session) throws LogException {
    List<String> all = new ArrayList<>();
    try (session) {
      LogReply reply;
      do {
        reply = Logs.exchange(session);
        all.addAll(Logs.texts(reply));
      } while (!reply.caughtUp());
    }
    return all;
  }

  private static long serverMillis() throws Exception {
    List<?> time = (List<?>) server.ask("TIME");
    return Long.parseLong((String) time.get(0)) * 1_000
        + Long.parseLong((String) time.get(1)) / 1_000;
  }

  private static Object askQuietly(String... command) {
    try {
      return server.ask(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
