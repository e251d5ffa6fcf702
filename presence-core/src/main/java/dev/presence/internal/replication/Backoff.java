package dev.presence.internal.replication;

import java.util.random.RandomGenerator;

/** How long to wait for the next attempt: longer from one to the next, and never just as long. */
final class Backoff {

  private static final long SHORTEST_NANOS = 50_000_000;

  /** So that nodes know each other's users within two seconds after an outage. */
  private static final long LONGEST_NANOS = 500_000_000;

  private final RandomGenerator random;
  private long nanos = SHORTEST_NANOS;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  long nextNanos() {
    long next = nanos / 2 + random.nextLong(nanos / 2 + 1);
    nanos = Math.min(LONGEST_NANOS, 2 * nanos);
    return next;
  }

  void reset() {
    nanos = SHORTEST_NANOS;
  }
}
