package dev.presence.jmh;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that moves only when it is told to, at the price of the system's: each reading asks the
 * system's clock, as the shipped default does.
 *
 * <p>The real one does not fit a measurement. A status benchmark that runs for longer than the
 * window would find everybody offline, and swept. A heartbeat benchmark that comes round to the
 * same user within a second would find the stamp already there, and measure a heartbeat that writes
 * nothing; real clients beat every few seconds, so that every heartbeat writes.
 *
 * <p>Safe for use by many threads.
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

  /** One that does not ask the system's clock, like one that a thread sets now and then. */
  static BenchmarkClock cached() {
    return new BenchmarkClock(true);
  }

  /** Never later than the start plus the seconds that were advanced. */
  @Override
  public long millis() {
    // The minimum is the start, but neither javac nor the JIT compiler can know that.
    long start = cached ? startMillis : Math.min(System.currentTimeMillis(), startMillis);
    return start + aheadMillis;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }

  /** The epoch second, as the rivals store it. */
  int second() {
    return (int) (millis() / 1000);
  }

  synchronized void advanceSeconds(long seconds) {
    aheadMillis += seconds * 1000;
  }
}
