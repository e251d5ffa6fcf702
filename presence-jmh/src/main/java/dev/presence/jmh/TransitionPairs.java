package dev.presence.jmh;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Measures a load without and with subscriptions in turns, over one instance. */
record TransitionPairs(TransitionLoad load, Subscribers subscribers) {

  private static final int WARM_UP_TURNS = 4;
  private static final int ALLOCATION_RUNS = 9;

  /** What part of a measurement comes before it, unmeasured, to fill the caches. */
  private static final int LEAD_IN = 5;

  /**
   * Measures.
   *
   * @param pairs measurements with subscriptions
   * @param millis length of each measurement
   * @return nanoseconds a user: without, with, without, and so on, one more than twice the pairs
   */
  double[] nanosPerUser(int pairs, int millis) {
    for (int turn = 0; turn < WARM_UP_TURNS; turn++) {
      double unused = turn(turn, millis);
    }
    double[] nanosPerUser = new double[2 * pairs + 1];
    for (int turn = 0; turn < nanosPerUser.length; turn++) {
      nanosPerUser[turn] = turn(turn, millis);
    }
    return nanosPerUser;
  }

  private double turn(int turn, int millis) {
    load.listen(turn % 2 == 0 ? Subscribers.NOBODY : subscribers);
    long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    double unused = measure(nanos / LEAD_IN);
    return measure(nanos);
  }

  private double measure(long atLeastNanos) {
    long users = 0;
    long nanos = 0;
    while (nanos < atLeastNanos) {
      load.prepare();
      long startNanos = System.nanoTime();
      users += load.run();
      nanos += System.nanoTime() - startNanos;
    }
    return (double) nanos / users;
  }

  /** The bytes that this thread allocates for a user, while the subscriptions are open. */
  double allocatedBytesPerUser(int warmUpMillis) {
    load.listen(subscribers);
    double unused = measure(TimeUnit.MILLISECONDS.toNanos(warmUpMillis));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    double[] bytesPerUser = new double[ALLOCATION_RUNS];
    for (int i = 0; i < bytesPerUser.length; i++) {
      load.prepare();
      long bytesBefore = threads.getCurrentThreadAllocatedBytes();
      int users = load.run();
      bytesPerUser[i] = (double) (threads.getCurrentThreadAllocatedBytes() - bytesBefore) / users;
    }
    return Turns.median(bytesPerUser); // the compiler may be at work during one of them
  }
}
