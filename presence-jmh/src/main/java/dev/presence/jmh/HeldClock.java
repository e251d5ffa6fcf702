package dev.presence.jmh;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The system's clock, held still until {@link #release()}: while a hundred million users join one
 * after the other, which takes minutes, the first of them do not expire. From then on it runs, and
 * is behind by the time that it was held. Each reading asks the system's clock, as the shipped
 * default does.
 *
 * <p>Safe for use by many threads.
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
