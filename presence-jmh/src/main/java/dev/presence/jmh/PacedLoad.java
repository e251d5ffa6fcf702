package dev.presence.jmh;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Calls at a fixed rate. Call {@code n} is due at the start plus {@code n} intervals, whatever
 * happened to the calls before it: what one slow call delays is counted for each call that it
 * delays, so that coordinated omission cannot hide it. A call that is late follows the one before
 * it at once.
 */
final class PacedLoad {

  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int DIGITS = 3;

  private final Histogram fromDue = new Histogram(LONGEST_NANOS, DIGITS);
  private final Histogram callAlone = new Histogram(LONGEST_NANOS, DIGITS);
  private long nanos;

  /** One call of a load. */
  interface Call {
    void run(long n);
  }

  /**
   * Makes the calls, on this thread.
   *
   * @param start when the first is due, by {@link System#nanoTime()}
   * @param perSecond the rate
   * @param seconds for how long
   */
  static PacedLoad run(long start, long perSecond, int seconds, Waiting waiting, Call call) {
    PacedLoad load = new PacedLoad();
    long end = start;
    long calls = perSecond * seconds;
    for (long n = 0; n < calls; n++) {
      long due = start + n / perSecond * NANOS + n % perSecond * NANOS / perSecond;
      long begin = waiting.until(due);
      call.run(n);
      end = System.nanoTime();
      load.fromDue.recordValue(Math.min(end - due, LONGEST_NANOS));
      load.callAlone.recordValue(Math.min(end - begin, LONGEST_NANOS));
    }
    load.nanos = end - start;
    return load;
  }

  /** From the moment a call was due until it had returned, in nanoseconds. */
  Histogram fromDue() {
    return fromDue;
  }

  /** From the moment a call began until it had returned, in nanoseconds. */
  Histogram callAlone() {
    return callAlone;
  }

  /** Adds what another thread measured in the same time. */
  void add(PacedLoad other) {
    fromDue.add(other.fromDue);
    callAlone.add(other.callAlone);
    nanos = Math.max(nanos, other.nanos);
  }

  /** Calls in a second that were really made; less than the rate where the load was too high. */
  double perSecond() {
    return callAlone.getTotalCount() * (double) NANOS / nanos;
  }
}
