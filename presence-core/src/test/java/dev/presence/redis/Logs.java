package dev.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.presence.internal.replication.LogAccess;
import dev.presence.internal.replication.LogException;
import dev.presence.internal.replication.LogReply;
import dev.presence.internal.replication.LogSession;
import dev.presence.internal.replication.SharedLog;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the tests of logs do again and again. */
final class Logs {

  /** Long enough for a machine that is busy with other things. */
  static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  static final long HORIZON_MILLIS = 60_000;

  /** Every password in these tests. */
  static final String PASSWORD = "correct-horse";

  private Logs() {}

  static SharedLog at(String uri) {
    return of(RedisLog.at(uri));
  }

  static SharedLog of(RedisLog log) {
    return LogAccess.of(log);
  }

  static LogReply exchange(LogSession session, String... frames) throws LogException {
    return session.exchange(frames(frames), HORIZON_MILLIS, PATIENCE);
  }

  static List<byte[]> frames(String... texts) {
    return Arrays.stream(texts).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
  }

  static List<String> texts(LogReply reply) {
    return reply.frames().stream().map(frame -> new String(frame, StandardCharsets.UTF_8)).toList();
  }

  /**
   * The message of the failure that an action must have. Neither it nor anything behind it may hold
   * the {@linkplain #PASSWORD password}.
   */
  static String failure(ThrowingCallable action) {
    Throwable failure = catchThrowable(action);
    assertThat(failure).isInstanceOf(LogException.class);
    StringWriter everything = new StringWriter();
    failure.printStackTrace(new PrintWriter(everything));
    assertThat(everything.toString()).doesNotContain(PASSWORD);
    return failure.getMessage();
  }

  /** The same for a connection, or for the first exchange. */
  static String failureOf(SharedLog log) {
    return failure(
        () -> {
          try (LogSession session = log.connect(PATIENCE)) {
            LogReply unused = exchange(session, "frame");
          }
        });
  }
}
