package dev.presence.jmh.stores;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for another process, no longer than needed. */
final class Polling {

  private static final long LIMIT_SECONDS = 60;
  private static final long POLL_MILLIS = 100;

  private Polling() {}

  /** Returns whether the condition came true in time. */
  static boolean until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }
}
