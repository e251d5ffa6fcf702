package dev.presence.internal;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The sweeper thread's work: one full pass per interval, spread evenly over the segments so that
 * the work never comes in one lump. A pass that throws is counted, and the next one starts an
 * interval later, where that one ended: a clock that fails now and then starves no segment, nor
 * does a segment that fails keep the sweeper from the others.
 *
 * <p>The pace is the machine's time, not the application's clock: that one only says who has
 * expired.
 */
final class Sweeper implements Runnable {

  /** Waits shorter than this are saved up: waking a thread costs more than a segment's share. */
  private static final long SHORTEST_PAUSE_NANOS = 10_000_000;

  private final Sweeps sweeps;
  private final BooleanSupplier closed;
  private final EpochClock clock;
  private final long intervalNanos;
  private final Pace pace;

  private SweepTask task;
  private int nextSegment;

  Sweeper(Sweeps sweeps, BooleanSupplier closed, EpochClock clock, long intervalNanos, Pace pace) {
    this.sweeps = sweeps;
    this.closed = closed;
    this.clock = clock;
    this.intervalNanos = intervalNanos;
    this.pace = pace;
  }

  @Override
  public void run() {
    while (!closed.getAsBoolean()) {
      long start = pace.nanoTime();
      try {
        pass(start);
        sweeps.passCompleted();
      } catch (Throwable e) {
        if (closed.getAsBoolean()) {
          return;
        }
        sweeps.passFailed();
      }
      pauseUntil(start + intervalNanos);
    }
  }

  private void pass(long start) {
    if (task == null) {
      task = sweeps.newTask(); // here, where an OutOfMemoryError ends no more than the pass
    }
    int segments = sweeps.segments();
    for (int done = 1; done <= segments && !closed.getAsBoolean(); done++) {
      long nowSeconds = clock.nowSeconds();
      int segment = nextSegment;
      nextSegment = (segment + 1) % segments;
      sweeps.sweepSegment(segment, nowSeconds, task);
      long due = start + (long) ((double) intervalNanos * done / segments);
      if (due - pace.nanoTime() >= SHORTEST_PAUSE_NANOS) {
        pauseUntil(due);
      }
    }
  }

  private void pauseUntil(long deadline) {
    long remaining;
    while (!closed.getAsBoolean() && (remaining = deadline - pace.nanoTime()) > 0) {
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
