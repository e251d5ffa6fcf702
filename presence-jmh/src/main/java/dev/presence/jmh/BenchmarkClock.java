package dev.presence.jmh;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that moves only when told to, and yet may cost what the system's clock costs: unless it
 * is {@link ClockType#FREE}, each reading asks the system's clock, as the shipped default does.
 *
 * <p>The system's own time would spoil the measurements. A status benchmark that runs for longer
 * than the window would find everybody offline and swept. A heartbeat benchmark that returns to a
 * user within the same second would have nothing to write; real clients beat every few seconds, so
 * that each of their heartbeats writes.
 *
 * <p>Thread-safe.
 */
final class BenchmarkClock implements InstantSource {

  private final long startMillis = System.currentTimeMillis();
  private final boolean free;
  private volatile long aheadMillis;

  /** As costly as the system's clock. */
  BenchmarkClock() {
    this(ClockType.SYSTEM);
  }

  BenchmarkClock(ClockType type) {
    this.free = type == ClockType.FREE;
  }

  /** The start plus the advanced seconds. */
  @Override
  public long millis() {
    // The minimum is always the start, but no compiler can know that and drop the reading.
    long start = free ? startMillis : Math.min(System.currentTimeMillis(), startMillis);
    return start + aheadMillis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /** The epoch second, as the contenders store it. */
  int second() {
    return (int) (millis() / 1000);
  }

  synchronized void advanceSeconds(long seconds) {
    aheadMillis += seconds * 1000;
  }
}
