package dev.presence.jmh.stores;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Lets users who have never been there come, each at a node, and looks for them at the next one:
 * the time from the return of {@code recordHeartbeat} until {@code isOnline} says so. Looks once a
 * millisecond, so a figure is up to a millisecond too large.
 */
final class VisibilityProbe {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A user comes every so many looks. */
  private static final int LOOKS_A_USER = 10;

  private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Nodes nodes;
  private final ReplicationPlan plan;
  private final Histogram nanos = new Histogram(LONGEST_NANOS, 3);
  private final Deque<Coming> coming = new ArrayDeque<>();
  private int comers;

  private record Coming(long userId, int to, long recordedNanos) {}

  VisibilityProbe(Nodes nodes, ReplicationPlan plan) {
    this.nodes = nodes;
    this.plan = plan;
  }

  /** Runs in this thread; returns nanoseconds. Whoever has come is waited for. */
  Histogram run(int seconds) {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (int look = 0; System.nanoTime() - endNanos < 0 || !coming.isEmpty(); look++) {
      if (look % LOOKS_A_USER == 0 && System.nanoTime() - endNanos < 0) {
        come();
      }
      look();
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return nanos;
  }

  private void come() {
    int number = comers++;
    long userId = plan.id(plan.users() + number);
    int from = number % nodes.count();
    nodes.node(from).recordHeartbeat(userId);
    coming.add(new Coming(userId, (from + 1) % nodes.count(), System.nanoTime()));
  }

  private void look() {
    for (Iterator<Coming> each = coming.iterator(); each.hasNext(); ) {
      Coming one = each.next();
      if (nodes.node(one.to).isOnline(one.userId)) {
        nanos.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - one.recordedNanos));
        each.remove();
      } else if (System.nanoTime() - one.recordedNanos > LONGEST_NANOS) {
        throw new IllegalStateException("a user must become visible: userId=" + one.userId);
      }
    }
  }
}
