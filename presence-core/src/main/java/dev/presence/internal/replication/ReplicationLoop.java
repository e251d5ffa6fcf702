package dev.presence.internal.replication;

import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * What the thread of replication runs: one exchange per interval. Whatever an exchange throws, most
 * likely the application's clock, the next one follows.
 */
final class ReplicationLoop implements Runnable {

  private final Replicator replicator;
  private final BooleanSupplier storeClosed;
  private final long intervalNanos;
  private final CountDownLatch joined = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean stopped;
  private boolean saidFailure;

  ReplicationLoop(Replicator replicator, BooleanSupplier storeClosed, long intervalNanos) {
    this.replicator = replicator;
    this.storeClosed = storeClosed;
    this.intervalNanos = intervalNanos;
  }

  @Override
  public void run() {
    try {
      while (!stopped && !storeClosed.getAsBoolean()) {
        long startNanos = System.nanoTime();
        exchange();
        if (replicator.hasJoined()) {
          joined.countDown();
        }
        pauseUntil(startNanos + intervalNanos);
      }
      close();
    } finally {
      joined.countDown();
      ended.countDown();
    }
  }

  private void exchange() {
    try {
      replicator.exchange();
      saidFailure = false;
    } catch (Throwable e) {
      if (!saidFailure && !storeClosed.getAsBoolean()) {
        saidFailure = true;
        System.getLogger("dev.presence")
            .log(Level.WARNING, "an exchange of replication failed; it is tried again", e);
      }
    }
  }

  private void close() {
    try {
      replicator.close();
    } catch (Throwable e) {
      return; // the store is closed, or the clock fails: there is nothing more to publish
    }
  }

  private void pauseUntil(long deadlineNanos) {
    long remainingNanos;
    while (!stopped && (remainingNanos = deadlineNanos - System.nanoTime()) > 0) {
      LockSupport.parkNanos(this, remainingNanos);
      // Nobody has a reason to interrupt this thread, and interrupted it would never park.
      Thread.interrupted();
    }
  }

  void stop() {
    stopped = true;
  }

  CountDownLatch joined() {
    return joined;
  }

  CountDownLatch ended() {
    return ended;
  }
}
