package dev.presence.internal.replication;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Semaphore;

/**
 * The time of a model with a thread for each node. One thread runs at a time: whoever lets time
 * pass hands over to the one that is due first, so all happens in the order of the model's time,
 * and the same in every run.
 */
public final class ModelTime {

  private static final long START_MILLIS = 1_800_000_000_000L;

  private final Queue<Sleeper> sleepers =
      new PriorityQueue<>(
          Comparator.comparingLong((Sleeper one) -> one.dueNanos)
              .thenComparingLong(one -> one.number));

  private long nanos;
  private long sleeps;

  private static final class Sleeper {
    final long dueNanos;
    final long number;
    final Semaphore gate = new Semaphore(0);

    Sleeper(long dueNanos, long number) {
      this.dueNanos = dueNanos;
      this.number = number;
    }
  }

  /** Since the beginning. */
  public synchronized long nanos() {
    return nanos;
  }

  /** What all clocks show then. */
  public long millis() {
    return START_MILLIS + Math.floorDiv(nanos(), 1_000_000L);
  }

  /** Lets time pass for the thread that runs, and meanwhile the others run. */
  public void sleepUntil(long dueNanos) {
    Sleeper me = add(Math.max(dueNanos, nanos()));
    wakeFirst();
    me.gate.acquireUninterruptibly();
  }

  /** Has a task run by a thread of its own, once time comes to that. */
  public void start(long dueNanos, Runnable task) {
    Sleeper sleeper = add(dueNanos);
    Thread thread =
        new Thread(
            () -> {
              sleeper.gate.acquireUninterruptibly();
              try {
                task.run();
              } finally {
                wakeFirst();
              }
            },
            "model");
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized Sleeper add(long dueNanos) {
    Sleeper sleeper = new Sleeper(dueNanos, ++sleeps);
    sleepers.add(sleeper);
    return sleeper;
  }

  private synchronized void wakeFirst() {
    Sleeper first = sleepers.poll();
    if (first != null) {
      nanos = first.dueNanos;
      first.gate.release();
    }
  }
}
