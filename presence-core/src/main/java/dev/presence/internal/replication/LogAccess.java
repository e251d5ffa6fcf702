package dev.presence.internal.replication;

import dev.presence.ReplicationLog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * How to get at the {@link SharedLog} behind a {@link ReplicationLog}, whose public type shows
 * nothing of it. The class of a log says so when it is initialised.
 */
public final class LogAccess {

  private static final Map<Class<?>, Function<Object, SharedLog>> LOGS = new ConcurrentHashMap<>();

  private LogAccess() {}

  /** For the static initialiser of a class of logs. */
  public static <T extends ReplicationLog> void register(
      Class<T> type, Function<T, SharedLog> shared) {
    LOGS.put(type, log -> shared.apply(type.cast(log)));
  }

  /** Whether a log is one of the library's. */
  public static boolean isKnown(ReplicationLog log) {
    return LOGS.containsKey(log.getClass());
  }

  /** The log behind one that {@linkplain #isKnown is known}. */
  public static SharedLog of(ReplicationLog log) {
    return LOGS.get(log.getClass()).apply(log);
  }
}
