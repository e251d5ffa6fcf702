package dev.presence.internal.transitions;

import dev.presence.internal.concurrent.LateTicks;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that dispatches while anybody listens. It looks every 15 milliseconds, because being
 * woken by heartbeats would cost them more than all the rest; only a log that fills up wakes it.
 */
final class TransitionLoop implements Runnable {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(15);

  /** After so much work it has the executors start on what there is. */
  private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Dispatcher dispatcher;
  private final DispatcherThread thread; // started and ended under this
  private final LateTicks lateTicks = new LateTicks();
  private volatile boolean isStopped;

  TransitionLoop(Dispatcher dispatcher, DispatcherThread thread) {
    this.dispatcher = dispatcher;
    this.thread = thread;
  }

  /** Starts the thread unless it runs; after a subscription was added. */
  synchronized void start() {
    if (!thread.isRunning() && !isStopped) {
      thread.start(this);
    }
  }

  /** Ends the thread. */
  synchronized void stop() {
    isStopped = true;
    thread.wake();
  }

  @Override
  public void run() {
    do {
      dispatch();
    } while (!mayEnd());
  }

  private void dispatch() {
    boolean hasMore = false;
    try {
      hasMore = dispatcher.round(SLICE_NANOS);
    } catch (Throwable e) {
      // The clock has failed, or memory has run out. The next round sees to it.
    }
    dispatcher.deliver();
    if (!hasMore && !isStopped) {
      long dueNanos = System.nanoTime() + PAUSE_NANOS;
      LockSupport.parkNanos(this, PAUSE_NANOS);
      Thread.interrupted(); // nobody has a reason to interrupt this thread
      lateTicks.goesOn(dueNanos, System.nanoTime());
    }
  }

  /** How often this was late. */
  long lateTicks() {
    return lateTicks.count();
  }

  private synchronized boolean mayEnd() {
    if (isStopped || dispatcher.isIdle()) {
      thread.ends();
      return true;
    }
    return false;
  }
}
