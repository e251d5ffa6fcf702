package dev.presence.internal.sweep;

import dev.presence.internal.jfr.Events;

/** What one pass has done so far. For one thread at a time, which uses it again for the next. */
final class Pass {

  private long removedUsers;
  private long workNanos;
  private boolean makesRoom;

  /** Null while none is under way. */
  private Events.Sweeping sweeping;

  void begin(Events.Sweeping begun, boolean forRoom) {
    removedUsers = 0;
    workNanos = 0;
    makesRoom = forRoom;
    sweeping = begun;
  }

  /** Adds what was done in one segment. */
  void add(int users, long nanos) {
    removedUsers += users;
    workNanos += nanos;
  }

  void end(boolean hasFailed) {
    if (sweeping != null) {
      sweeping.ended(removedUsers, workNanos, makesRoom, hasFailed);
      sweeping = null;
    }
  }

  long removedUsers() {
    return removedUsers;
  }

  /** How long this has worked, without the pauses. */
  long workNanos() {
    return workNanos;
  }
}
