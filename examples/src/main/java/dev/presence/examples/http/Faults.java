package dev.presence.examples.http;

import static java.lang.System.Logger.Level.WARNING;

import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * Logs what goes wrong in the service itself, at most once a second: while the store is broken
 * every request fails. Safe for use by any number of threads.
 */
final class Faults {

  private static final System.Logger LOGGER = System.getLogger("dev.presence.examples");
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime() - SECOND_NANOS);
  private final AtomicLong notLogged = new AtomicLong();

  /**
   * Loads what the JDK's own logging needs for a line. Without descriptors it cannot, and never
   * tries again.
   */
  void prepare() {
    LogRecord line = new LogRecord(Level.WARNING, "");
    line.setThrown(new IllegalStateException());
    String unused = new SimpleFormatter().format(line);
  }

  void log(String message, Throwable fault) {
    long now = System.nanoTime();
    long last = lastNanos.get();
    if (now - last < SECOND_NANOS || !lastNanos.compareAndSet(last, now)) {
      notLogged.incrementAndGet();
      return;
    }
    LOGGER.log(WARNING, message + ": faults not logged before=" + notLogged.getAndSet(0), fault);
  }
}
