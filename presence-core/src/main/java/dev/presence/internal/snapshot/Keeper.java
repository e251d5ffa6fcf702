package dev.presence.internal.snapshot;

import dev.presence.internal.jfr.Events;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.SegmentScan;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the keeper thread runs: one snapshot after the other, at the pace of {@link Pace}. Trouble
 * with the disk is counted, logged once, and tried again; heartbeats and answers do not notice.
 */
class Keeper implements Runnable {

  private final FolderLock lock;
  private final SnapshotWriter writer;
  private final SegmentScan scan;
  private final EpochClock clock;
  private final Events events;
  private final long windowSeconds;
  private final long retentionSeconds;
  private final Pace pace; // of this thread
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private final SplittableRandom salts = new SplittableRandom(); // guarded by writing

  /** Held while a snapshot is written. */
  private final ReentrantLock writing = new ReentrantLock();

  private long nextNumber; // guarded by writing
  private long lastSecond; // guarded by writing
  private boolean isTroubled; // guarded by writing
  private volatile boolean isStopped;

  /** Whether this thread gives the folder back: it was still writing when the instance closed. */
  private volatile boolean isLeftBehind;

  private final AtomicLong finished = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile long begunSecond = Long.MIN_VALUE;
  private volatile long begunNanos;
  private volatile long finishedSecond = Long.MIN_VALUE;

  Keeper(
      FolderLock lock,
      SnapshotWriter writer,
      SegmentScan scan,
      EpochClock clock,
      long windowSeconds,
      long retentionSeconds,
      long intervalNanos,
      long nextNumber,
      Events events) {
    this.lock = lock;
    this.writer = writer;
    this.scan = scan;
    this.clock = clock;
    this.windowSeconds = windowSeconds;
    this.retentionSeconds = retentionSeconds;
    this.pace = new Pace(intervalNanos);
    this.nextNumber = nextNumber;
    this.events = events;
  }

  @Override
  public void run() {
    try {
      long pauseNanos = pace.first();
      while (true) {
        pause(pauseNanos);
        if (isStopped) {
          return;
        }
        pauseNanos = snapshot();
      }
    } finally {
      if (isLeftBehind) { // pairs with leaveBehind
        lock.release();
      }
    }
  }

  /** Writes a snapshot; returns how long to pause. */
  private long snapshot() {
    long startNanos = System.nanoTime();
    long startCpuNanos = cpuNanos();
    writing.lock();
    try {
      if (isStopped) {
        return 0;
      }
      write(scan, false, Long.MAX_VALUE);
      long tookNanos = System.nanoTime() - startNanos;
      return pace.afterSnapshot(tookNanos, workNanos(tookNanos, startCpuNanos));
    } catch (Throwable e) {
      if (isStopped) {
        return 0;
      }
      failed(e);
      return pace.afterFailure(workNanos(System.nanoTime() - startNanos, startCpuNanos));
    } finally {
      writing.unlock();
    }
  }

  /**
   * How long the thread has used a core. Elapsed time would count the waiting for a slow disk, and
   * for a core that others use: snapshots would be the rarer the busier the computer is.
   */
  private long workNanos(long tookNanos, long startCpuNanos) {
    long endCpuNanos = cpuNanos();
    return startCpuNanos < 0 || endCpuNanos < 0
        ? tookNanos
        : Math.min(tookNanos, endCpuNanos - startCpuNanos);
  }

  /** The CPU time of the current thread, or -1 where the JVM does not know it. */
  long cpuNanos() {
    return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : -1;
  }

  private void write(SegmentScan users, boolean clean, long timeoutNanos) throws IOException {
    Events.Writing recorded = events.writing();
    SnapshotWriter.Written written;
    try {
      written = writeUnrecorded(users, clean, timeoutNanos);
    } catch (Throwable e) {
      recorded.ended(0, 0, true);
      throw e;
    }
    recorded.ended(written.users(), written.bytes(), false);
  }

  private SnapshotWriter.Written writeUnrecorded(
      SegmentScan users, boolean clean, long timeoutNanos) throws IOException {
    lock.ensure();
    long startNanos = System.nanoTime();
    long deadlineNanos =
        startNanos + (timeoutNanos == Long.MAX_VALUE ? Long.MAX_VALUE / 2 : timeoutNanos);
    SnapshotHeader draft =
        new SnapshotHeader(
            clean, nextNumber++, nowSeconds(), windowSeconds, retentionSeconds, 0, salts.nextInt());
    SnapshotWriter.Written written = writer.write(draft, users, deadlineNanos);
    begunSecond = draft.takenSecond();
    begunNanos = startNanos;
    finishedSecond = nowSeconds();
    finished.incrementAndGet(); // at last: who sees the number sees the seconds
    if (isTroubled) {
      isTroubled = false;
      log(Level.INFO, "a snapshot is whole again: folder=" + lock.folder(), null);
    }
    return written;
  }

  /** The application's clock; while that one fails, what it said last. */
  private long nowSeconds() {
    try {
      lastSecond = clock.nowSeconds();
    } catch (RuntimeException e) {
      return lastSecond; // the users matter more than the time in the header
    }
    return lastSecond;
  }

  private void failed(Throwable failure) {
    failed.incrementAndGet();
    if (!isTroubled) {
      isTroubled = true;
      log(
          Level.WARNING,
          "a snapshot could not be written and will be tried again: folder=" + lock.folder(),
          failure);
    }
  }

  /** Logging that fails is no reason to stop. */
  private static void log(Level level, String message, Throwable failure) {
    try {
      System.getLogger("dev.presence").log(level, message, failure);
    } catch (RuntimeException | Error e) {
      return;
    }
  }

  void pause(long nanos) {
    long deadlineNanos = System.nanoTime() + nanos;
    long remainingNanos;
    while (!isStopped && (remainingNanos = deadlineNanos - System.nanoTime()) > 0) {
      LockSupport.parkNanos(this, remainingNanos);
      Thread.interrupted(); // nobody has a reason to interrupt this thread
    }
  }

  /** Keeps the thread from starting another snapshot. */
  void stop() {
    isStopped = true;
  }

  /**
   * Writes the last snapshot when nobody can change anything any more, and gives the folder back.
   * After {@link #stop()}. If the keeper's thread hangs in a snapshot of its own, that thread gives
   * the folder back when it ends: what it does next must not meet another owner's files.
   */
  void finish(SegmentScan users, long timeoutNanos) {
    long startNanos = System.nanoTime();
    boolean isMine = false;
    try {
      isMine = writing.tryLock(timeoutNanos, TimeUnit.NANOSECONDS);
      if (isMine) {
        write(users, true, timeoutNanos - (System.nanoTime() - startNanos));
      } else {
        failed(new IOException("the disk did not answer in time"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      failed(e);
    } finally {
      if (isMine || !leaveBehind()) {
        lock.release();
        writing.unlock(); // the keeper's thread may wait for it
      }
    }
  }

  /**
   * Leaves the folder to the keeper's thread. Returns false if that one writes no longer; then this
   * thread holds {@link #writing}.
   */
  private boolean leaveBehind() {
    isLeftBehind = true; // before the lock is tried: one of the two threads sees the other
    return !writing.tryLock();
  }

  long finished() {
    return finished.get();
  }

  long failed() {
    return failed.get();
  }

  /** When the last finished snapshot was begun; {@link Long#MIN_VALUE} if there is none. */
  long begunSecond() {
    return begunSecond;
  }

  /**
   * How long ago the last finished snapshot was begun, in milliseconds by the machine's time;
   * {@link Long#MIN_VALUE} if there is none.
   */
  long ageMillis() {
    return finished.get() == 0
        ? Long.MIN_VALUE
        : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
  }

  /** When the last finished snapshot was finished; {@link Long#MIN_VALUE} if there is none. */
  long finishedSecond() {
    return finishedSecond;
  }
}
