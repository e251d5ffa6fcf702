package dev.presence.internal.transitions;

import dev.presence.PresenceSubscription;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One receiver's queue, and the task that empties it on the receiver's executor. At most one such
 * task is under way, so the receiver is called by one thread at a time.
 */
final class Subscription implements PresenceSubscription {

  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Receiver receiver;
  private final EventQueue queue;
  private final Executor executor;

  /** The dispatcher's thread, which no receiver may block; null if the caller dispatches. */
  private final DispatcherThread dispatcher;

  /** Calls the executor, if that runs tasks on the thread that calls it; else null. */
  private volatile Executor ownThread;

  private volatile boolean closed;

  /** Whether the receiver waits to hear of the end. */
  private volatile boolean owesEnd;

  /** Whether a task is under way. Whoever sets it hands {@link #event} on. */
  private final AtomicBoolean isScheduled = new AtomicBoolean();

  private final EventQueue.Event event = new EventQueue.Event();
  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong resyncs = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicBoolean hasLogged = new AtomicBoolean();

  // Guarded by isScheduled.
  private boolean isRefused;
  private long refusedNanos;

  /** How far this has come; of the dispatcher. */
  private final Progress progress;

  /**
   * A subscription that gets nothing yet.
   *
   * @param userIds sorted, each once; null for everybody
   * @param dispatcher dispatches; then an executor that runs tasks on the calling thread is called
   *     by a thread of the library. Null if the caller dispatches
   */
  Subscription(
      long[] userIds,
      Receiver receiver,
      Executor executor,
      int queueLimit,
      DispatcherThread dispatcher) {
    this.progress = new Progress(userIds);
    this.receiver = receiver;
    this.executor = executor;
    this.queue = new EventQueue(queueLimit);
    this.dispatcher = dispatcher;
  }

  /** How much of the start a subscription has been told: so many segments, or so many ids. */
  static final class Progress {

    /** The ids that the listener asked for, each once; null for everybody. */
    final long[] userIds;

    /** The segments, or positions in {@link #userIds}, below this get their events. */
    int joined;

    /** Whether events were dropped and the listener has not been told so. */
    boolean owesResync;

    /** Whether the rest of the start waits until the listener has caught up. */
    volatile boolean isWaiting;

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

  /**
   * Notes that events have been dropped; the dispatcher starts over.
   *
   * @return false if events had been dropped before, and the receiver has not been told so yet
   */
  boolean startOver() {
    progress.joined = 0;
    if (progress.owesResync) {
      return false;
    }
    progress.owesResync = true;
    resyncs.incrementAndGet();
    return true;
  }

  /** Runs something on this thread, and delivers nothing before that has ended. */
  void runFirst(Runnable task) {
    isScheduled.set(true);
    try {
      task.run();
    } catch (Throwable e) {
      failed(e);
    }
    isScheduled.set(false);
    deliver();
  }

  /** Has the executor run the receiver if there is something to tell. Under no lock. */
  void deliver() {
    if (!mayDeliver() || !isScheduled.compareAndSet(false, true)) {
      return;
    }
    if (isRefused && !owesEnd && System.nanoTime() - refusedNanos < RETRY_NANOS) {
      release();
      return;
    }
    Executor own = ownThread;
    if (own == null) {
      execute(dispatcher == null ? null : Thread.currentThread());
    } else {
      executeOn(own);
    }
  }

  private boolean mayDeliver() {
    return owesEnd || (!closed && queue.size() > 0 && receiver.isReady());
  }

  private void executeOn(Executor own) {
    try {
      own.execute(() -> execute(null));
    } catch (Throwable e) {
      refused(e);
    }
  }

  private void execute(Thread spared) {
    isRefused = false;
    Task task = null;
    try {
      task = new Task(spared);
      executor.execute(task);
      task.spared = null; // from now on that thread may run it, too
    } catch (Throwable e) {
      if (task == null || task.claim()) {
        refused(e);
      } else {
        failed(e); // it has run all the same
      }
    }
  }

  /** Empties the queue. Runs once, whatever the executor does. */
  private final class Task implements Runnable {

    private final AtomicBoolean isClaimed = new AtomicBoolean();

    /** The thread that must not run this; means something to that thread alone. */
    private Thread spared;

    Task(Thread spared) {
      this.spared = spared;
    }

    boolean claim() {
      return isClaimed.compareAndSet(false, true);
    }

    @Override
    public void run() {
      if (!claim()) {
        return;
      }
      if (spared == Thread.currentThread() || (dispatcher != null && dispatcher.isCurrent())) {
        Executor own = OwnThread.executor();
        ownThread = own;
        executeOn(own);
      } else {
        drain();
      }
    }
  }

  private void refused(Throwable failure) {
    refusedNanos = System.nanoTime();
    isRefused = true;
    if (owesEnd) {
      endWithoutExecutor();
    } else {
      release();
    }
    failed(failure);
  }

  /** Nobody would try again. */
  private void endWithoutExecutor() {
    try {
      OwnThread.executor().execute(this::drain);
    } catch (Throwable e) {
      isScheduled.set(false);
    }
  }

  /** Lets others deliver; and does so itself if the end came meanwhile. */
  private void release() {
    isScheduled.set(false);
    if (owesEnd) {
      deliver();
    }
  }

  private void drain() {
    do {
      while (mayDeliver()) {
        deliverOne();
      }
      if (progress.isWaiting && dispatcher != null) {
        dispatcher.wake();
      }
      isScheduled.set(false);
    } while (mayDeliver() && isScheduled.compareAndSet(false, true)); // what came meanwhile
  }

  private void deliverOne() {
    try {
      if (owesEnd) {
        owesEnd = false;
        receiver.end();
      } else if (queue.take(event)) {
        delivered.incrementAndGet();
        receiver.receive(event);
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
            .log(
                Level.WARNING,
                "a " + receiver.name() + " failed; only its first failure is logged",
                failure);
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

  /** Ends this, and owes the receiver a last word. Call {@link #deliver} afterwards. */
  void end() {
    if (!closed) {
      close();
      owesEnd = true;
    }
  }

  /** The presence has closed. Call {@link #deliver} afterwards, under no lock. */
  void presenceClosed() {
    if (receiver.wantsEnd()) {
      end();
    } else {
      close();
    }
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
    return Duration.ofMillis(lagMillis());
  }

  /** How long the oldest waiting event has waited; 0 if there is none. */
  int lagMillis() {
    return queue.oldestMillis(millis());
  }

  /** The time at which an event is queued; wraps around. */
  static int millis() {
    return (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
