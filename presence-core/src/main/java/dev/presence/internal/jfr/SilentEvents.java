package dev.presence.internal.jfr;

/** Tells nobody: the JVM has no Flight Recorder, or nobody records. */
final class SilentEvents implements Events {

  static final SilentEvents INSTANCE = new SilentEvents();

  private static final Opening OPENING = (maxUsers, offHeapBytes, trackedUsers, isLockFree) -> {};
  private static final Sweeping SWEEPING = (removedUsers, workNanos, makesRoom, hasFailed) -> {};
  private static final Writing WRITING = (users, bytes, hasFailed) -> {};

  private SilentEvents() {}

  @Override
  public Opening opening() {
    return OPENING;
  }

  @Override
  public Sweeping sweeping() {
    return SWEEPING;
  }

  @Override
  public Writing writing() {
    return WRITING;
  }

  @Override
  public void full(long maxUsers, long trackedUsers, long rejectedHeartbeats) {}

  @Override
  public void resync(boolean isOfEverybody, int queuedEvents, int queueLimit, long lagMillis) {}
}
