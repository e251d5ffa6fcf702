package dev.presence.internal.transitions;

import dev.presence.PresenceListener;
import dev.presence.PresenceSubscription;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * One listener's queue, and the task that empties it on the listener's executor. At most one such
 * task is under way, so the listener is called by one thread at a time.
 */
final class Subscription implements PresenceSubscription {

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PresenceListener listener;
  private final EventQueue queue;
  private final BooleanSupplier isDispatcher;

  /** Whether the listener takes an event now. */
  private final BooleanSupplier isReady;

  private volatile Executor executor;
  private volatile boolean closed;

  /** Whether a task is under way. Whoever sets it hands {@link #event} on. */
  private final AtomicBoolean isScheduled = new AtomicBoolean();

  private final EventQueue.Event event = new EventQueue.Event();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong resyncs = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicBoolean hasLogged = new AtomicBoolean();

  /** When the executor refused a task; guarded by {@link #isScheduled}. */
  private long refusedNanos;

  private volatile boolean isRefused;

  /** How far this has come; of the dispatcher. */
  private final Progress progress;

  /**
   * A subscription that gets nothing yet.
   *
   * @param isDispatcher whether the calling thread is the dispatcher's, which no listener may block
   */
  Subscription(
      long[] userIds,
      PresenceListener listener,
      BooleanSupplier isReady,
      Executor executor,
      int queueLimit,
      BooleanSupplier isDispatcher) {
    this.progress = new Progress(userIds);
    this.listener = listener;
    this.isReady = isReady;
    this.executor = executor;
    this.queue = new EventQueue(queueLimit);
    this.isDispatcher = isDispatcher;
  }

  /** How much of the start a subscription has been told: so many segments, or so many ids. */
  static final class Progress {

    /** The ids that the listener asked for, each once; null for everybody. */
    final long[] userIds;

    /** The segments, or positions in {@link #userIds}, below this get their events. */
    int joined;

    /** Whether events were dropped and the listener has not been told so. */
    boolean owesResync;

    Progress(long[] userIds) {
      this.userIds = userIds;
    }
  }

  Progress progress() {
    return progress;
  }

  EventQueue queue() {
    return queue;
  }

  /** Notes that events have been dropped; the dispatcher starts over. */
  void startOver() {
    if (!progress.owesResync) {
      progress.owesResync = true;
      resyncs.incrementAndGet();
    }
    progress.joined = 0;
  }

  /** Has the executor run the listener if something waits. Under no lock. */
  void deliver() {
    if (!mayDeliver() || !isScheduled.compareAndSet(false, true)) {
      return;
    }
    if (isRefused && System.nanoTime() - refusedNanos < RETRY_NANOS) {
      isScheduled.set(false);
      return;
    }
    Task task = new Task();
    try {
      executor.execute(task);
      isRefused = false;
    } catch (Throwable e) {
      failed(e);
      if (task.take()) {
        refusedNanos = System.nanoTime();
        isRefused = true;
        isScheduled.set(false);
      }
    }
  }

  /** Runs once at most, though an executor may queue it, fail, and run it later all the same. */
  private final class Task implements Runnable {
    private final AtomicBoolean isTaken = new AtomicBoolean();

    boolean take() {
      return isTaken.compareAndSet(false, true);
    }

    @Override
    public void run() {
      if (take()) {
        Subscription.this.run();
      }
    }
  }

  private boolean mayDeliver() {
    return !closed && queue.size() > 0 && isReady.getAsBoolean();
  }

  private void run() {
    if (isDispatcher.getAsBoolean()) { // an executor that runs tasks on the caller's thread
      executor = OwnThread.executor();
      isScheduled.set(false);
      deliver();
      return;
    }
    do {
      while (mayDeliver() && queue.take(event)) {
        deliverOne();
      }
      isScheduled.set(false);
    } while (mayDeliver() && isScheduled.compareAndSet(false, true)); // what came meanwhile
  }

  private void deliverOne() {
    delivered.incrementAndGet();
    long epochSecond = Integer.toUnsignedLong(event.stamp);
    try {
      switch (event.kind) {
        case EventQueue.ONLINE -> listener.onOnline(event.userId, epochSecond);
        case EventQueue.OFFLINE -> listener.onOffline(event.userId, epochSecond);
        default -> listener.onResync();
      }
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void failed(Throwable failure) {
    failures.incrementAndGet();
    if (hasLogged.compareAndSet(false, true)) {
      try {
        System.getLogger("dev.presence")
            .log(Level.WARNING, "a listener failed; only its first failure is logged", failure);
      } catch (RuntimeException | Error e) {
        return; // logging that fails is no reason to stop
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    queue.close();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public int queueDepth() {
    return queue.size();
  }

  @Override
  public long delivered() {
    return delivered.get();
  }

  @Override
  public long resyncs() {
    return resyncs.get();
  }

  @Override
  public long failures() {
    return failures.get();
  }

  @Override
  public Duration lag() {
    return Duration.ofMillis(queue.oldestMillis(millis()));
  }

  /** The time at which an event is queued; wraps around. */
  static int millis() {
    return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
