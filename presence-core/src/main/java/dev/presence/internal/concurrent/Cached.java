package dev.presence.internal.concurrent;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A figure that costs something, found out at most once an interval. Whoever asks meanwhile gets
 * the last one. One thread at a time finds out; those who ask then wait for it.
 *
 * @param <T> the figure
 */
public final class Cached<T> {

  private final long intervalNanos;
  private final LongSupplier nanoTime;

  private T value; // guarded by this; null before the first time
  private long foundNanos; // guarded by this

  /**
   * Knows nothing yet.
   *
   * @param nanoTime the machine's time
   */
  public Cached(long intervalNanos, LongSupplier nanoTime) {
    this.intervalNanos = intervalNanos;
    this.nanoTime = nanoTime;
  }

  /**
   * The figure, if need be from {@code source}. Throws what that throws, and keeps the last one.
   */
  public synchronized T get(Supplier<? extends T> source) {
    long nowNanos = nanoTime.getAsLong();
    if (value == null || nowNanos - foundNanos >= intervalNanos) {
      value = source.get();
      foundNanos = nowNanos;
    }
    return value;
  }

  /** The last figure, however old; null if there is none. */
  public synchronized T last() {
    return value;
  }
}
