package dev.presence.internal;

import java.time.InstantSource;

/** The application's clock, in the seconds that stamps are made of. */
final class EpochClock {

  private final InstantSource source;

  EpochClock(InstantSource source) {
    this.source = source;
  }

  /**
   * Now, as a second that is a stamp. Asks for milliseconds because the system's source answers
   * those without making an {@code Instant}.
   */
  long nowSeconds() {
    return Stamp.clamp(Math.floorDiv(source.millis(), 1000L));
  }
}
