package dev.presence.internal.sweep;

import dev.presence.internal.store.EpochClock;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What the sweeper thread runs: one full pass per interval, spread evenly over the segments so that
 * the work never comes in one lump. A pass that throws is counted. The next one starts an interval
 * later, at the segment after the one that failed: neither a clock that fails now and then nor a
 * segment that fails keeps the others from being swept.
 *
 * <p>The machine's time sets the pace. The application's clock only says who has expired.
 */
public final class SweeperLoop implements Runnable {

  /** Shorter pauses are saved up: waking a thread costs more than sweeping a segment. */
  private static final long SHORTEST_PAUSE_NANOS = 10_000_000;

  private final Sweeper sweeper;
  private final BooleanSupplier closed;
  private final EpochClock clock;
  private final long intervalNanos;
  private final Pace pace;

  /** Null for a clock of the application's own, which may jump as it likes. */
  private final ClockGuard guard;

  private AgeSweep sweep;
  private int nextSegment;

  /**
   * Sweeps until closed.
   *
   * @param closed whether to end
   * @param clock says who has expired
   * @param intervalNanos how long a pass takes
   */
  public SweeperLoop(
      Sweeper sweeper, BooleanSupplier closed, EpochClock clock, long intervalNanos) {
    this(
        sweeper,
        closed,
        clock,
        intervalNanos,
        Pace.SYSTEM,
        clock.isSystem() ? new ClockGuard(sweeper.windowSeconds()) : null);
  }

  SweeperLoop(
      Sweeper sweeper,
      BooleanSupplier closed,
      EpochClock clock,
      long intervalNanos,
      Pace pace,
      ClockGuard guard) {
    this.sweeper = sweeper;
    this.closed = closed;
    this.clock = clock;
    this.intervalNanos = intervalNanos;
    this.pace = pace;
    this.guard = guard;
  }

  @Override
  public void run() {
    while (!closed.getAsBoolean()) {
      long startNanos = pace.nanoTime();
      try {
        pass(startNanos);
        sweeper.passCompleted(sweep);
      } catch (Throwable e) {
        if (closed.getAsBoolean()) {
          return;
        }
        sweeper.passFailed(sweep);
      }
      pauseUntil(startNanos + intervalNanos);
    }
  }

  private void pass(long startNanos) {
    if (sweep == null) {
      sweep = sweeper.newSweep(); // here, where an OutOfMemoryError ends no more than the pass
    }
    sweeper.passBegins(sweep, false);
    int segments = sweeper.segments();
    for (int done = 1; done <= segments && !closed.getAsBoolean(); done++) {
      long nowSeconds = clock.nowSeconds();
      int segment = nextSegment;
      nextSegment = (segment + 1) % segments;
      if (guard == null || guard.allows(nowSeconds, pace.nanoTime())) {
        sweeper.sweepSegment(segment, nowSeconds, sweep);
      }
      long dueNanos = startNanos + (long) ((double) intervalNanos * done / segments);
      if (dueNanos - pace.nanoTime() >= SHORTEST_PAUSE_NANOS) {
        pauseUntil(dueNanos);
      }
    }
  }

  private void pauseUntil(long deadlineNanos) {
    long remainingNanos;
    while (!closed.getAsBoolean() && (remainingNanos = deadlineNanos - pace.nanoTime()) > 0) {
      pace.pause(remainingNanos);
    }
    sweeper.lateTicks().goesOn(deadlineNanos, pace.nanoTime());
  }

  /** The time that sets the pace. */
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

    /** Waits about this long; may return early. */
    void pause(long nanos);
  }
}
