package dev.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.Await;
import dev.presence.internal.replication.LogReply;
import dev.presence.internal.replication.LogSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log whose server's clock was set back: its last entry is of a time that is still to come, and
 * new names stand still behind that. No test can set the clock, but each can append that entry.
 */
class ClockSetBackTest {

  private static final String KEY = "presence:log:{0}";
  private static final long SHORT_HORIZON_MILLIS = 80;

  @TempDir private static Path folder;

  private RedisServer server;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.start(folder);
    Object unused = server.ask("XADD", KEY, "99999999999999-5", "f", "before");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void frames_areExchangedAllTheSame() throws Exception {
    try (LogSession one = Logs.at(server.uri()).connect(Logs.PATIENCE);
        LogSession two = Logs.at(server.uri()).connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(one, "a"))).containsExactly("before", "a");
      assertThat(Logs.texts(Logs.exchange(two, "b"))).containsExactly("before", "a", "b");
      assertThat(Logs.texts(Logs.exchange(one))).containsExactly("b");
    }
  }

  /** What is older than the horizon goes, though no name tells its age. */
  @Test
  void log_doesNotGrow() throws Exception {
    try (LogSession session = Logs.at(server.uri()).connect(Logs.PATIENCE)) {
      long[] appended = {0};
      Await.until(
          "much more was appended than is left",
          () -> {
            for (int i = 0; i < 100; i++) {
              append(session);
            }
            appended[0] += 100;
            return ask("XLEN", KEY) < appended[0] / 2;
          });
    }
  }

  /** The log expires or is deleted, and the names of its new entries are of the clock again. */
  @Test
  void log_thatBeginsAnew_isReadByThoseWhoAppend() throws Exception {
    try (LogSession session = Logs.at(server.uri()).connect(Logs.PATIENCE)) {
      LogReply unused = Logs.exchange(session);
      assertThat(ask("DEL", KEY)).isEqualTo(1);
      LogReply first = Logs.exchange(session, "a");
      assertThat(Logs.texts(first)).isEmpty();
      assertThat(first.caughtUp()).isFalse();
      assertThat(Logs.texts(Logs.exchange(session, "b"))).containsExactly("a", "b");
    }
  }

  @Test
  void log_thatBeginsAnew_isReadByThoseWhoDoNotAppend() throws Exception {
    try (LogSession reader = Logs.at(server.uri()).connect(Logs.PATIENCE);
        LogSession writer = Logs.at(server.uri()).connect(Logs.PATIENCE)) {
      LogReply unused = Logs.exchange(reader);
      assertThat(ask("DEL", KEY)).isEqualTo(1);
      LogReply unusedToo = Logs.exchange(writer, "a");
      List<String> read = new ArrayList<>();
      Await.until(
          "the reader begins anew",
          () -> {
            read.addAll(Logs.texts(exchange(reader)));
            return !read.isEmpty();
          });
      assertThat(read).containsExactly("a");
    }
  }

  private static void append(LogSession session) {
    LogReply unused = exchange(session, "frame");
  }

  private static LogReply exchange(LogSession session, String... frames) {
    try {
      return session.exchange(Logs.frames(frames), SHORT_HORIZON_MILLIS, Logs.PATIENCE);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private long ask(String... command) {
    try {
      return (Long) server.ask(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
