package dev.presence;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. */
public final class ManualClock implements InstantSource {

  private final AtomicLong epochSecond;

  public ManualClock(long epochSecond) {
    this.epochSecond = new AtomicLong(epochSecond);
  }

  public long nowSeconds() {
    return epochSecond.get();
  }

  public void set(long newEpochSecond) {
    epochSecond.set(newEpochSecond);
  }

  public void advance(long seconds) {
    epochSecond.addAndGet(seconds);
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(nowSeconds());
  }
}
