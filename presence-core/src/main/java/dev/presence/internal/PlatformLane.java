package dev.presence.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * One platform thread of the library's own, on which it does what must not happen on a caller's
 * thread: every call of Chronicle's API, and every removal of users.
 *
 * <ul>
 *   <li>A caller may be at the end of its stack. Chronicle Map would leave a segment locked there
 *       for ever; this thread has all of its stack.
 *   <li>Chronicle Map keeps some kilobytes for each thread that ever used it, in a {@code
 *       ThreadLocal} that outlives the map, and looks through all of them whenever a new thread
 *       comes. This is the only such thread, and it ends when the store is closed.
 *   <li>A virtual thread that waits for it gives its carrier away.
 * </ul>
 *
 * <p>The thread is made when there is something to do and ends when there has been nothing for a
 * while. Tasks are done one at a time, in their order.
 *
 * <p>The queue is guarded by a monitor and changed by assignments, because those need no stack: an
 * Error in a caller leaves it whole. (The queues and locks of {@code java.util.concurrent} can be
 * left locked by a {@link StackOverflowError}.) A task whose caller was hit by an Error after it
 * was queued is done all the same.
 */
final class PlatformLane {

  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Object monitor = new Object();

  // Guarded by the monitor.
  private Task<?> first;
  private Task<?> last;
  private volatile Thread worker; // read elsewhere by the worker alone
  private boolean ending;

  /** Does the action on a thread made for it alone, and waits for it. */
  static void once(Runnable action) {
    PlatformLane lane = new PlatformLane();
    try {
      lane.call(
          () -> {
            action.run();
            return null;
          });
    } finally {
      lane.end(() -> {}, IDLE_NANOS);
    }
  }

  /**
   * Does the action on the library's thread and waits for it, keeping the interrupt flag. The
   * library's thread itself does it at once.
   */
  <T> T call(Supplier<T> action) {
    if (Thread.currentThread() == worker) {
      return action.get();
    }
    Task<T> task = new Task<>(action);
    submit(task);
    task.await(Long.MAX_VALUE);
    return task.result();
  }

  /**
   * Does a last action; the thread ends after it. Whatever is asked for later throws {@link
   * IllegalStateException}, but for {@code end} itself, which then does nothing.
   *
   * @param nanos how long to wait for it at most
   * @return false if it has not been done in that time
   */
  boolean end(Runnable action, long nanos) {
    Task<Boolean> task =
        new Task<>(
            () -> {
              action.run();
              return true;
            });
    synchronized (monitor) {
      if (ending) {
        return true;
      }
      add(task);
      ending = true;
    }
    return task.await(nanos) && task.result();
  }

  private void submit(Task<?> task) {
    synchronized (monitor) {
      if (ending) {
        throw CallGate.closedException();
      }
      add(task);
    }
  }

  /** Under the monitor. */
  private void add(Task<?> task) {
    if (worker == null) {
      startWorker();
    }
    monitor.notifyAll(); // the worker gets the monitor after the task has been added
    if (first == null) {
      first = task;
    } else {
      last.next = task;
    }
    last = task;
  }

  private void startWorker() {
    Thread thread = new Thread(null, this::work, "presence-lane", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(PlatformLane.class.getClassLoader()); // not the application's
    worker = thread;
    try {
      thread.start();
    } catch (Throwable e) {
      worker = null;
      throw e;
    }
  }

  private void work() {
    Task<?> task;
    while ((task = next()) != null) {
      task.run();
    }
  }

  /** The next task, or null if this thread is to end. */
  private Task<?> next() {
    synchronized (monitor) {
      long idleSince = System.nanoTime();
      while (worker == Thread.currentThread()) { // otherwise its starter believes it did not start
        Task<?> task = first;
        if (task != null) {
          first = task.next;
          return task;
        }
        if (ending || System.nanoTime() - idleSince >= IDLE_NANOS) {
          worker = null;
          return null;
        }
        try {
          monitor.wait(TimeUnit.NANOSECONDS.toMillis(IDLE_NANOS));
        } catch (InterruptedException e) {
          // Nobody has a reason to interrupt it, and it looks at its tasks again.
        }
      }
      return null;
    }
  }

  private static final class Task<T> {
    private final Supplier<T> action;
    private final Thread caller = Thread.currentThread();
    private Task<?> next; // guarded by the monitor
    private T result;
    private Throwable failure;
    private volatile boolean done;

    Task(Supplier<T> action) {
      this.action = action;
    }

    void run() {
      try {
        result = action.get();
      } catch (Throwable e) {
        failure = e;
      }
      done = true; // publishes result and failure; pairs with await
      LockSupport.unpark(caller);
    }

    boolean await(long nanos) {
      boolean interrupted = false;
      try {
        long start = System.nanoTime();
        long remaining = nanos;
        while (!done && remaining > 0) {
          if (nanos == Long.MAX_VALUE) {
            LockSupport.park(this);
          } else {
            LockSupport.parkNanos(this, remaining);
            remaining = nanos - (System.nanoTime() - start);
          }
          interrupted |= Thread.interrupted(); // an interrupted thread would never park
        }
        return done;
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    T result() {
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      return result;
    }
  }
}
