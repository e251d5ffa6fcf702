package dev.presence.internal.store;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/** The application's clock, in the seconds that stamps are made of. */
public final class EpochClock {

  private static final long FIRST_MILLI = Stamp.FIRST * 1000;
  private static final long LAST_MILLI = Stamp.LAST * 1000 + 999;

  private final InstantSource source;

  public EpochClock(InstantSource source) {
    this.source = source;
  }

  /** Whether this is the system's clock, and not one of the application's own. */
  public boolean isSystem() {
    return source.equals(InstantSource.system()) || source.equals(Clock.systemUTC());
  }

  /**
   * The current second, as the nearest one that is a stamp. Asks for milliseconds because the
   * system's source answers those without making an {@code Instant}.
   */
  public long nowSeconds() {
    return nowMillis() / 1000;
  }

  /** The current millisecond, as the nearest one in a second that is a stamp. */
  public long nowMillis() {
    return Math.min(Math.max(millis(), FIRST_MILLI), LAST_MILLI);
  }

  /** The nearest {@code long} where the source is millions of years away, as Instant.MAX is. */
  private long millis() {
    try {
      return source.millis();
    } catch (ArithmeticException e) {
      Instant now = source.instant(); // throws again if that was the source's own exception
      return now.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }
}
