package dev.presence.jmh;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The system's clock, held still until {@link #release()}, so that the first of a hundred million
 * users do not expire while the last ones join. After that it runs, late by the time it was held.
 * Each reading asks the system's clock, as the shipped default does.
 *
 * <p>Thread-safe.
 */
final class HeldClock implements InstantSource {

  private final long startMillis = System.currentTimeMillis();
  private volatile long behindMillis = Long.MAX_VALUE;

  void release() {
    behindMillis = System.currentTimeMillis() - startMillis;
  }

  @Override
  public long millis() {
    long now = System.currentTimeMillis();
    long behind = behindMillis;
    return behind == Long.MAX_VALUE ? startMillis : now - behind;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}
