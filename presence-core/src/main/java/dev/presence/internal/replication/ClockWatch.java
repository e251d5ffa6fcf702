package dev.presence.internal.replication;

/** Notices that the node's clock was set, because the machine's time went on otherwise. */
final class ClockWatch {

  /** A clock that goes so much otherwise has been set. */
  private static final long SET_MILLIS = 500;

  private long millis;
  private long nanos;

  /** Compares from this moment on. */
  ClockWatch(long millis, long nanos) {
    this.millis = millis;
    this.nanos = nanos;
  }

  /** Whether the clock was set since this was asked last. */
  boolean wasSet(long nowMillis, long nowNanos) {
    long expectedMillis = millis + (nowNanos - nanos) / 1_000_000;
    millis = nowMillis;
    nanos = nowNanos;
    return Math.abs(nowMillis - expectedMillis) >= SET_MILLIS;
  }
}
