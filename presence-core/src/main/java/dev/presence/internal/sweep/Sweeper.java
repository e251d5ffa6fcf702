package dev.presence.internal.sweep;

import dev.presence.internal.concurrent.LateTicks;
import dev.presence.internal.jfr.Events;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.StampStore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Removes users, one segment at a time, and counts what it does. A regular pass also mends stamps
 * that the clock has left behind: it lowers those more than a window in the future to now.
 */
public final class Sweeper {

  private final StampStore store;
  private final EpochClock clock;
  private final long windowSeconds;
  private final long retentionSeconds;
  private final Events events;

  private final AtomicLong completed = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong removed = new AtomicLong();
  private final AtomicLong workNanos = new AtomicLong();
  private final AtomicLong longestPassNanos = new AtomicLong();
  private final LateTicks lateTicks = new LateTicks();

  public Sweeper(
      StampStore store,
      EpochClock clock,
      long windowSeconds,
      long retentionSeconds,
      Events events) {
    this.store = store;
    this.clock = clock;
    this.windowSeconds = windowSeconds;
    this.retentionSeconds = retentionSeconds;
    this.events = events;
  }

  /** Runs one full pass now; returns how many users it removed. */
  public long pass(long nowSeconds) {
    return pass(nowSeconds, store.segments());
  }

  /** Runs a pass over the first segments. */
  public long pass(long nowSeconds, int segments) {
    return store.onOwnThread(
        () -> {
          AgeSweep sweep = newSweep();
          passBegins(sweep, false);
          for (int segment = 0; segment < segments; segment++) {
            sweepSegment(segment, nowSeconds, sweep);
          }
          passCompleted(sweep);
          return sweep.pass().removedUsers();
        });
  }

  long windowSeconds() {
    return windowSeconds;
  }

  AgeSweep newSweep() {
    return new AgeSweep(store.largestSegment(), windowSeconds);
  }

  /** Does one segment's part of a regular pass. */
  void sweepSegment(int segment, long nowSeconds, AgeSweep sweep) {
    sweep(segment, sweep.remove(retentionSeconds, nowSeconds));
    if (sweep.futureCount() > 0) {
      lowerFutureStamps(sweep);
    }
  }

  /**
   * Reads the clock again, because this thread may have been held up. A stamp that was recorded
   * before this reading and lies in its future dates from before the clock stepped back. A stamp
   * recorded since then differs from the one the sweep saw, and stays.
   */
  private void lowerFutureStamps(AgeSweep sweep) {
    long nowSeconds = clock.nowSeconds();
    for (int i = 0; i < sweep.futureCount(); i++) {
      int stamp = sweep.futureStamp(i);
      if (Integer.toUnsignedLong(stamp) - nowSeconds > windowSeconds) {
        store.replace(sweep.futureUser(i), stamp, (int) nowSeconds);
      }
    }
  }

  /** Sweeps one segment; returns how many users that removed. */
  int sweep(int segment, AgeSweep sweep) {
    long startNanos = System.nanoTime();
    int count = store.sweep(segment, sweep);
    long nanos = System.nanoTime() - startNanos;
    sweep.pass().add(count, nanos);
    removed.addAndGet(count);
    workNanos.addAndGet(nanos);
    return count;
  }

  /** A pass over all segments begins. */
  void passBegins(AgeSweep sweep, boolean makesRoom) {
    sweep.pass().begin(events.sweeping(), makesRoom);
  }

  void passCompleted(AgeSweep sweep) {
    completed.incrementAndGet();
    longestPassNanos.accumulateAndGet(sweep.pass().workNanos(), Math::max);
    sweep.pass().end(false);
  }

  /** An exception has ended a pass, perhaps before it had begun. Throws nothing. */
  void passFailed(AgeSweep sweep) {
    failed.incrementAndGet();
    try {
      if (sweep != null) {
        sweep.pass().end(true);
      }
    } catch (Throwable e) {
      return; // the next pass matters more than a recording of this one
    }
  }

  int segments() {
    return store.segments();
  }

  /** How many passes ran to their end. */
  public long completed() {
    return completed.get();
  }

  /** How many passes ended with an exception. */
  public long failed() {
    return failed.get();
  }

  /** How long all sweeps have taken together, without the pauses in between. */
  public long workNanos() {
    return workNanos.get();
  }

  /** How long the longest completed pass took, without its pauses. */
  public long longestPassNanos() {
    return longestPassNanos.get();
  }

  /** How often the sweeper's thread was late. */
  public LateTicks lateTicks() {
    return lateTicks;
  }

  /** How many users this has removed. */
  public long removed() {
    return removed.get();
  }
}
