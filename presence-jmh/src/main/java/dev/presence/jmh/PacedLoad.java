package dev.presence.jmh;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Calls at a fixed rate. Call {@code n} is due {@code n} intervals after the start, whatever
 * happened to the calls before it. A slow call thus counts for every call that it delays, and
 * coordinated omission cannot hide it. A call that is late follows the one before it at once.
 */
final class PacedLoad {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
  private static final int SIGNIFICANT_DIGITS = 3;

  private final Histogram fromDue = new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
  private final Histogram callAlone = new Histogram(LONGEST_NANOS, SIGNIFICANT_DIGITS);
  private long elapsedNanos;

  interface Call {
    void run(long n);
  }

  /**
   * Makes the calls in this thread.
   *
   * @param startNanos time of the first call, by {@link System#nanoTime()}
   * @param callsPerSecond rate of the calls
   * @param seconds duration of the load
   */
  static PacedLoad run(
      long startNanos, long callsPerSecond, int seconds, Waiting waiting, Call call) {
    PacedLoad load = new PacedLoad();
    long endNanos = startNanos;
    long calls = callsPerSecond * seconds;
    for (long n = 0; n < calls; n++) {
      long dueNanos =
          startNanos
              + n / callsPerSecond * SECOND_NANOS
              + n % callsPerSecond * SECOND_NANOS / callsPerSecond;
      long beginNanos = waiting.untilNanos(dueNanos);
      call.run(n);
      endNanos = System.nanoTime();
      load.fromDue.recordValue(Math.min(endNanos - dueNanos, LONGEST_NANOS));
      load.callAlone.recordValue(Math.min(endNanos - beginNanos, LONGEST_NANOS));
    }
    load.elapsedNanos = endNanos - startNanos;
    return load;
  }

  /** Nanoseconds from when a call was due until it returned. */
  Histogram fromDue() {
    return fromDue;
  }

  /** Nanoseconds from when a call began until it returned. */
  Histogram callAlone() {
    return callAlone;
  }

  /** Adds what another thread measured at the same time. */
  void add(PacedLoad other) {
    fromDue.add(other.fromDue);
    callAlone.add(other.callAlone);
    elapsedNanos = Math.max(elapsedNanos, other.elapsedNanos);
  }

  /** Calls per second that were really made: less than the rate where the load was too high. */
  double callsPerSecond() {
    return callAlone.getTotalCount() * (double) SECOND_NANOS / elapsedNanos;
  }
}
