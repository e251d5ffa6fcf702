package dev.presence.internal.sweep;

/** What one pass has done so far. For one thread at a time, which uses it again for the next. */
final class Pass {

  private long removedUsers;
  private long workNanos;

  void begin() {
    removedUsers = 0;
    workNanos = 0;
  }

  /** Adds what was done in one segment. */
  void add(int users, long nanos) {
    removedUsers += users;
    workNanos += nanos;
  }

  long removedUsers() {
    return removedUsers;
  }

  /** How long this has worked, without the pauses. */
  long workNanos() {
    return workNanos;
  }
}
