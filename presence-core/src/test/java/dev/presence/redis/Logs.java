package dev.presence.redis;

import dev.presence.internal.replication.LogAccess;
import dev.presence.internal.replication.LogException;
import dev.presence.internal.replication.LogReply;
import dev.presence.internal.replication.LogSession;
import dev.presence.internal.replication.SharedLog;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the tests of logs do again and again. */
final class Logs {

  static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Long enough for a machine that is busy with other things. */
  static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  static final long HORIZON_MILLIS = 60_000;

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
}
