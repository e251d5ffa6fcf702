package dev.presence.redis;

import java.util.concurrent.TimeUnit;

/** When something has to be done, and how long that was at first. */
record Deadline(long startNanos, long allowedNanos) {

  static Deadline in(long nanos) {
    return new Deadline(System.nanoTime(), nanos);
  }

  /** How long there is left; zero if nothing. */
  long leftNanos() {
    return Math.max(0, allowedNanos - (System.nanoTime() - startNanos));
  }

  /** An earlier one, so that so many attempts have as much time each. */
  Deadline shared(int attempts) {
    return in(leftNanos() / attempts);
  }

  long allowedMillis() {
    return TimeUnit.NANOSECONDS.toMillis(allowedNanos);
  }
}
