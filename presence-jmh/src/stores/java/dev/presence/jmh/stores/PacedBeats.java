package dev.presence.jmh.stores;

import dev.presence.jmh.Users;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Every user beats once in each interval, one after the other in random order and evenly paced,
 * each at one node. Runs until it is closed.
 */
final class PacedBeats implements AutoCloseable {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Nodes nodes;
  private final ReplicationPlan plan;
  private final AtomicLong beats = new AtomicLong();
  private final Thread thread = new Thread(this::run, "beats");

  /** When each of the first users beat last, in milliseconds; 0: never. */
  private final AtomicLongArray lastMillis;

  /** Users below this number do not beat any more. */
  private volatile int gone;

  private volatile boolean stopped;

  private PacedBeats(Nodes nodes, ReplicationPlan plan, int watched) {
    this.nodes = nodes;
    this.plan = plan;
    this.lastMillis = new AtomicLongArray(watched);
  }

  /**
   * Begins.
   *
   * @param watched of how many users, the first ones, to note when they beat
   */
  static PacedBeats start(Nodes nodes, ReplicationPlan plan, int watched) {
    PacedBeats load = new PacedBeats(nodes, plan, watched);
    load.thread.setDaemon(true);
    load.thread.start();
    return load;
  }

  /** Waits until every node knows every user. */
  void awaitOnline() {
    nodes.awaitOnline(plan.users());
  }

  /** How many heartbeats have been recorded. */
  long beats() {
    return beats.get();
  }

  /** Lets the users below a number beat no more. */
  void stopFirst(int users) {
    gone = users;
  }

  /** Whether a user beats no more. */
  boolean isGone(int number) {
    return number < gone;
  }

  long lastMillis(int number) {
    return lastMillis.get(number);
  }

  private void run() {
    int[] order = Users.shuffledNumbers(plan.users());
    long startNanos = System.nanoTime();
    long perSecond = plan.beatsPerSecond();
    for (long n = 0; !stopped; ) {
      double seconds = (System.nanoTime() - startNanos) / 1e9;
      for (long due = (long) (seconds * perSecond); n < due && !stopped; n++) {
        beat(order[(int) (n % order.length)]);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void beat(int number) {
    if (number < gone) {
      return;
    }
    nodes.node(number % nodes.count()).recordHeartbeat(plan.id(number));
    if (number < lastMillis.length()) {
      lastMillis.set(number, System.currentTimeMillis());
    }
    beats.lazySet(beats.get() + 1); // this thread alone writes it
  }

  @Override
  public void close() {
    stopped = true;
    Threads.join(thread);
  }
}
