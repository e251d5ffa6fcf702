package dev.presence.jmh;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that moves only when told to, and still costs what the system's clock costs: each reading
 * asks the system's clock, as the shipped default does.
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
  private final boolean cached;
  private volatile long aheadMillis;

  BenchmarkClock() {
    this(false);
  }

  private BenchmarkClock(boolean cached) {
    this.cached = cached;
  }

  /** A clock that costs nothing, like one that another thread updates now and then. */
  static BenchmarkClock cached() {
    return new BenchmarkClock(true);
  }

  /** The start plus the advanced seconds. */
  @Override
  public long millis() {
    // The minimum is always the start, but no compiler can know that and drop the reading.
    long start = cached ? startMillis : Math.min(System.currentTimeMillis(), startMillis);
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
