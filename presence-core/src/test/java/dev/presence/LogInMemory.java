package dev.presence;

import dev.presence.internal.replication.LogAccess;
import dev.presence.internal.replication.MemoryLog;

/** A log for presences of one process, by the system's clock. */
public final class LogInMemory implements ReplicationLog {

  static {
    LogAccess.register(LogInMemory.class, log -> log.shared);
  }

  private final MemoryLog shared;

  public LogInMemory() {
    this(new MemoryLog.Trouble() {});
  }

  /** A log to whose frames something happens. */
  LogInMemory(MemoryLog.Trouble trouble) {
    shared = new MemoryLog(System::currentTimeMillis, trouble);
  }

  /** To do to the log what happens to logs. */
  public MemoryLog shared() {
    return shared;
  }

  @Override
  public String toString() {
    return shared.toString();
  }
}
