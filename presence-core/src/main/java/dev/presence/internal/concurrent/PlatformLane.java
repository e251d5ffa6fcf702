package dev.presence.internal.concurrent;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * One platform thread of the library's own, for what must not run on a caller's thread: every call
 * of Chronicle's API, and every removal of users.
 *
 * <ul>
 *   <li>A caller may be near the end of its stack, where Chronicle Map would leave a segment locked
 *       for ever. This thread has all of its stack.
 *   <li>Chronicle Map keeps some kilobytes for each thread that ever used it, in a {@code
 *       ThreadLocal} that outlives the map, and looks through all of them whenever a new thread
 *       comes. This is the only such thread, and it ends with the map.
 *   <li>A virtual thread that waits for this thread gives its carrier away.
 * </ul>
 *
 * <p>The thread starts when there is something to do and ends after ten idle seconds. Tasks run one
 * at a time, in their order.
 *
 * <p>A monitor guards the queue, and assignments change it, because those need no stack: an Error
 * in a caller leaves the queue whole. (A {@link StackOverflowError} can leave the queues and locks
 * of {@code java.util.concurrent} locked.) A task runs even if an Error hits its caller after the
 * task was queued.
 */
public final class PlatformLane {

  private static final long LOOK_AGAIN_NANOS = 1_000_000;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String threadName;
  private final Object monitor = new Object();

  // Guarded by the monitor.
  private Task<?> first;
  private Task<?> last;
  private volatile Thread worker; // read elsewhere by the worker alone
  private Task<Boolean> ending;

  /** A lane whose thread has this name. */
  public PlatformLane(String threadName) {
    this.threadName = threadName;
  }

  /** Runs the action on a thread made for it alone, and waits for it. */
  public static void once(Runnable action) {
    PlatformLane lane = new PlatformLane("presence-lane");
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
   * Runs the action on the lane's thread and waits, ignoring interrupts and preserving the
   * interrupt flag. On the lane's thread itself, runs the action at once.
   */
  public <T> T call(Supplier<T> action) {
    if (Thread.currentThread() == worker) {
      return action.get();
    }
    Task<T> task = new Task<>(action);
    submit(task);
    task.await(Long.MAX_VALUE);
    return task.result();
  }

  /**
   * Runs a last action, after which the thread ends. A later {@link #call} throws {@link
   * IllegalStateException}; a later {@code end} waits for the action of the first. On the lane's
   * thread itself, that one does nothing.
   *
   * @param timeoutNanos how long to wait at most
   * @return false if the action has not finished by then; it will
   */
  public boolean end(Runnable action, long timeoutNanos) {
    Task<Boolean> task =
        new Task<>(
            () -> {
              action.run();
              return true;
            });
    Task<Boolean> earlier;
    synchronized (monitor) {
      earlier = ending;
      if (earlier == null) {
        add(task);
        ending = task;
      }
    }
    if (earlier != null) {
      return Thread.currentThread() == worker || earlier.awaitAsAnother(timeoutNanos);
    }
    return task.await(timeoutNanos) && task.result();
  }

  private void submit(Task<?> task) {
    synchronized (monitor) {
      if (ending != null) {
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
    Thread thread = new Thread(null, this::work, threadName, 0, false);
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
      long idleSinceNanos = System.nanoTime();
      while (worker == Thread.currentThread()) { // unless start() threw after starting it
        Task<?> task = first;
        if (task != null) {
          first = task.next;
          return task;
        }
        if (ending != null || System.nanoTime() - idleSinceNanos >= IDLE_NANOS) {
          worker = null;
          return null;
        }
        try {
          monitor.wait(TimeUnit.NANOSECONDS.toMillis(IDLE_NANOS));
        } catch (InterruptedException e) {
          // Nobody has a reason to interrupt this thread; it looks at its tasks again.
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

    /** Waits on a thread that this task does not know: looks again and again. */
    boolean awaitAsAnother(long timeoutNanos) {
      return await(timeoutNanos, LOOK_AGAIN_NANOS);
    }

    boolean await(long timeoutNanos) {
      return await(timeoutNanos, Long.MAX_VALUE);
    }

    private boolean await(long timeoutNanos, long lookAgainNanos) {
      boolean interrupted = false;
      try {
        long startNanos = System.nanoTime();
        long remainingNanos = timeoutNanos;
        while (!done && remainingNanos > 0) {
          long parkNanos = Math.min(remainingNanos, lookAgainNanos);
          if (parkNanos == Long.MAX_VALUE) {
            LockSupport.park(this);
          } else {
            LockSupport.parkNanos(this, parkNanos);
            remainingNanos = timeoutNanos - (System.nanoTime() - startNanos);
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

    /** Throws what the action threw, with the stack of its caller. */
    T result() {
      if (failure != null) {
        failure.addSuppressed(new Caller());
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      return result;
    }
  }

  /** The stack of a caller, which that of the lane's thread does not show. */
  private static final class Caller extends Exception {
    private static final long serialVersionUID = 1L;

    Caller() {
      super("called from " + Thread.currentThread().getName());
    }
  }
}
