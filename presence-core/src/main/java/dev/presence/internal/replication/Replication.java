package dev.presence.internal.replication;

import dev.presence.ReplicationStats;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.StampStore;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** The replication of one instance: its outbox, and the thread that empties it. */
public final class Replication {

  /** What {@link #stats()} says where nothing is replicated. */
  public static final ReplicationStats NONE = new Figures().now(0);

  private static final int FEWEST_ENTRIES = 1 << 14;
  private static final int MOST_ENTRIES = 1 << 20;

  /** How long {@link #close()} waits for what is left to be published. */
  private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

  private final ReplicationSettings settings;
  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private final Outbox outbox;
  private Replicator replicator;
  private ReplicationLoop loop;
  private Thread thread;

  /** Prepares replication; nothing is sent before {@link #start}. */
  public Replication(ReplicationSettings settings, long maxUsers) {
    this(settings, maxUsers, System::nanoTime, new SecureRandom());
  }

  /** For simulations. */
  Replication(
      ReplicationSettings settings, long maxUsers, LongSupplier nanoTime, RandomGenerator random) {
    this.settings = settings;
    this.nanoTime = nanoTime;
    this.random = random;
    long entries = Math.max(FEWEST_ENTRIES, Math.min(MOST_ENTRIES, maxUsers));
    this.outbox = new Outbox(settings.publishInterval().toSeconds(), (int) entries);
  }

  public Outbox outbox() {
    return outbox;
  }

  /** Says whose users are replicated; nothing is sent yet. */
  public void prepare(
      StampStore store,
      MirroredUsers users,
      EpochClock clock,
      long windowSeconds,
      long retentionSeconds) {
    replicator =
        new Replicator(
            settings,
            outbox,
            store,
            users,
            clock,
            nanoTime,
            windowSeconds,
            retentionSeconds,
            random);
    loop = new ReplicationLoop(replicator, store::isClosed, settings.exchangeInterval().toNanos());
  }

  /** Starts, and waits for the users of the other nodes, but not longer than configured. */
  public void start(String name) {
    thread = new Thread(null, loop, name + "-replication", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Replication.class.getClassLoader()); // not the application's
    thread.start();
    if (!await(loop.joined(), settings.joinTimeout().toNanos())) {
      System.getLogger("dev.presence")
          .log(
              Level.WARNING,
              "replication has not caught up yet, the users of other nodes are missing: log="
                  + settings.log()
                  + " joinTimeout="
                  + settings.joinTimeout());
    }
  }

  /** Does one exchange, in place of the thread. */
  void exchange() {
    replicator.exchange();
  }

  /** Does what the thread does at its end, in place of it. */
  void finish() {
    replicator.close();
  }

  public ReplicationStats stats() {
    return replicator.figures().now(System.nanoTime());
  }

  /** Publishes what is left, and ends; waits for that a moment. The store must still be open. */
  public void close() {
    if (thread != null) {
      loop.stop();
      LockSupport.unpark(thread);
      if (Thread.currentThread() != thread) { // the application's clock may close the instance
        await(loop.ended(), CLOSE_NANOS);
      }
    }
  }

  /** Leaves the interrupt flag as it is. */
  private static boolean await(CountDownLatch latch, long nanos) {
    long deadlineNanos = System.nanoTime() + nanos;
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return latch.await(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
