package dev.presence.examples;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;

/**
 * Makes calls at a fixed rate and measures them. Call {@code n} is due {@code n / rate} seconds
 * after the start, however late earlier calls were; with a tick, all calls that fall into one tick
 * are due at its end. One thread runs it; other threads may read {@link #done()} at any time, and
 * the rest once it has ended.
 */
final class Timetable {

  private static final long SECOND = 1_000_000_000L;

  /** A sleep may end this late, so the last part of every wait spins. */
  private static final long SPIN_NANOS = 100_000;

  private final long callsASecond;
  private final long calls;
  private final long tickNanos;
  private final Histogram callNanos = new Histogram(3);
  private final Histogram responseNanos = new Histogram(3);
  private final AtomicLong done = new AtomicLong();
  private long nanos;

  Timetable(long callsASecond, long seconds, long tickNanos) {
    this.callsASecond = callsASecond;
    this.calls = callsASecond * seconds;
    this.tickNanos = tickNanos;
  }

  void run(LongConsumer call) {
    long start = System.nanoTime();
    for (long n = 0; n < calls; n++) {
      long due = start + dueNanos(n);
      long before = waitUntil(due);
      call.accept(n);
      long after = System.nanoTime();
      callNanos.recordValue(after - before);
      // Measured from when it was due, so that a stall counts for every call it delays.
      responseNanos.recordValue(after - due);
      done.setRelease(n + 1);
    }
    nanos = System.nanoTime() - start;
  }

  private long dueNanos(long n) {
    long nanos = n / callsASecond * SECOND + n % callsASecond * SECOND / callsASecond;
    return tickNanos == 0 ? nanos : (nanos / tickNanos + 1) * tickNanos;
  }

  /** Returns the time when the wait ended, never before {@code due}. */
  private static long waitUntil(long due) {
    long now = System.nanoTime();
    while (now < due) {
      if (due - now > SPIN_NANOS) {
        LockSupport.parkNanos(due - now - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
      now = System.nanoTime();
    }
    return now;
  }

  long done() {
    return done.getAcquire();
  }

  double doneASecond() {
    return (double) done() * SECOND / nanos;
  }

  Histogram callNanos() {
    return callNanos;
  }

  Histogram responseNanos() {
    return responseNanos;
  }
}
