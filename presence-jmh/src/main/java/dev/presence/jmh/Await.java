package dev.presence.jmh;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread does. */
public final class Await {

  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  private Await() {}

  public static void until(String what, BooleanSupplier condition) {
    long startNanos = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - startNanos > LIMIT.toNanos()) {
        throw new IllegalStateException("not within " + LIMIT + ": " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Lets so many milliseconds pass. */
  public static void millis(long millis) {
    long dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long unused = Waiting.PARK.untilNanos(dueNanos);
  }
}
