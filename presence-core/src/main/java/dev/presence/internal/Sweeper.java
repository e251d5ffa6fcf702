package dev.presence.internal;

import java.util.concurrent.locks.LockSupport;

/**
 * The sweeper thread's work: one full pass per interval, spread evenly over the segments so that
 * the work never comes in one lump. A pass that throws is counted, and the next one starts an
 * interval later.
 *
 * <p>The pace is the machine's time, not the application's clock: that one only says who has
 * expired.
 */
final class Sweeper implements Runnable {

  /** Waits shorter than this are saved up: waking a thread costs more than a segment's share. */
  private static final long SHORTEST_PAUSE_NANOS = 10_000_000;

  private final Sweeps sweeps;
  private final CallGate gate;
  private final EpochClock clock;
  private final long intervalNanos;
  private final Pace pace;

  Sweeper(Sweeps sweeps, CallGate gate, EpochClock clock, long intervalNanos, Pace pace) {
    this.sweeps = sweeps;
    this.gate = gate;
    this.clock = clock;
    this.intervalNanos = intervalNanos;
    this.pace = pace;
  }

  @Override
  public void run() {
    long[] userIds = sweeps.newBuffer();
    while (!gate.isClosed()) {
      long start = pace.nanoTime();
      try {
        pass(start, userIds);
        sweeps.passCompleted();
      } catch (Throwable e) {
        if (gate.isClosed()) {
          return;
        }
        sweeps.passFailed();
      }
      pauseUntil(start + intervalNanos);
    }
  }

  private void pass(long start, long[] userIds) {
    int segments = sweeps.segments();
    for (int segment = 0; segment < segments && !gate.isClosed(); segment++) {
      sweeps.sweepSegment(segment, clock.nowSeconds(), userIds);
      long due = start + (long) ((double) intervalNanos * (segment + 1) / segments);
      if (due - pace.nanoTime() >= SHORTEST_PAUSE_NANOS) {
        pauseUntil(due);
      }
    }
  }

  private void pauseUntil(long deadline) {
    long remaining;
    while (!gate.isClosed() && (remaining = deadline - pace.nanoTime()) > 0) {
      pace.pause(remaining);
    }
  }

  /** Time as the sweeper feels it. */
  interface Pace {

    /** The machine's time. */
    Pace SYSTEM =
        new Pace() {
          @Override
          public long nanoTime() {
            return System.nanoTime();
          }

          @Override
          public void pause(long nanos) {
            LockSupport.parkNanos(this, nanos);
            // Nobody has a reason to interrupt the sweeper, and interrupted it would never park.
            Thread.interrupted();
          }
        };

    long nanoTime();

    /** Waits about that long; may return early. */
    void pause(long nanos);
  }
}
