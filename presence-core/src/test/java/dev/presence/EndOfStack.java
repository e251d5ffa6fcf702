package dev.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Run by {@link ErrorsInCallsTest} in a JVM of its own: threads go to the end of their stack and,
 * on the way back, make a call from every depth. The first calls fail at once, the last ones
 * succeed, and those in between fail wherever in the library an Error can strike. Afterwards each
 * failed call must have taken effect or not, and nobody may be left waiting.
 */
final class EndOfStack {

  /** The property that says how many threads dive for each kind of call. */
  static final String DIVES_PROPERTY = "presence.errors.dives";

  private static final long MAX_USERS = 10_000;
  private static final int DEPTHS = 120;
  private static final int DIVES = Integer.getInteger(DIVES_PROPERTY);

  /** Generous, because a machine may be slow. A thread that waits for a lost lock waits forever. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Presence presence =
      Presence.builder()
          .maxUsers(MAX_USERS)
          .onlineWindow(Duration.ofHours(1))
          .sweepInterval(Duration.ofMillis(1))
          .open();

  private final List<Long> recorded = new ArrayList<>();
  private final long[] batch = new long[2];
  private final byte[] tiers = new byte[2];
  private long nextUser;
  private long failedCalls;
  private long slowestNanos;

  public static void main(String[] args) throws InterruptedException {
    new EndOfStack().run();
  }

  private void run() throws InterruptedException {
    fromEveryDepth(this::heartbeat);
    fromEveryDepth(depth -> heartbeats());
    fromEveryDepth(depth -> presence.isOnline(depth));
    fromEveryDepth(depth -> presence.statusOf(batch));
    fromEveryDepth(depth -> presence.lastSeenOf(batch));
    fromEveryDepth(depth -> presence.tiersOf(batch, tiers));
    fromEveryDepth(depth -> presence.sweep());
    fromEveryDepth(depth -> presence.onlineCount());
    fromEveryDepth(depth -> presence.forEachOnline(userId -> {}));
    FirstSteps.check("calls failed", failedCalls > 100);
    FirstSteps.check("calls succeeded", recorded.size() > 100);
    checkNobodyIsLost();
    fromEveryDepth(depth -> presence.disconnect(-1 - depth));
    checkEveryPlaceIsUsable();
    fromEveryDepth(this::refusedHeartbeat);
    checkSweeperStillRuns();
    fromEveryDepth(depth -> presence.close());
    long startNanos = System.nanoTime();
    presence.close();
    long closingNanos = System.nanoTime() - startNanos;
    FirstSteps.check("close took " + closingNanos + " ns", closingNanos < 2 * PATIENCE_NANOS);
    FirstSteps.check(
        "the slowest call took " + slowestNanos + " ns", slowestNanos < PATIENCE_NANOS);
  }

  private void heartbeat(long depth) {
    long userId = nextUser++;
    presence.recordHeartbeat(userId);
    recorded.add(userId);
  }

  private void heartbeats() {
    long first = nextUser;
    nextUser += batch.length;
    for (int i = 0; i < batch.length; i++) {
      batch[i] = first + i;
    }
    presence.recordHeartbeats(batch);
    recorded.add(first);
    recorded.add(first + batch.length - 1);
  }

  private void refusedHeartbeat(long depth) {
    try {
      presence.recordHeartbeat(-1_000_000 - depth);
      throw new IllegalStateException("a full presence took a user");
    } catch (PresenceFullException e) {
      presence.disconnect(-1_000_000 - depth); // an unknown user
    }
  }

  private void checkNobodyIsLost() {
    long[] userIds = recorded.stream().mapToLong(id -> id).toArray();
    boolean[] online = presence.statusOf(userIds);
    for (int i = 0; i < online.length; i++) {
      FirstSteps.check("user " + userIds[i] + " is online", online[i]);
    }
    presence.sweep(); // undoes insertions that failed half-way
    long tracked = presence.stats().trackedUsers();
    long count = presence.onlineCount();
    FirstSteps.check("tracked " + tracked + " of " + count, tracked == count);
  }

  private void checkEveryPlaceIsUsable() {
    long[] userIds = new long[(int) (MAX_USERS - presence.stats().trackedUsers())];
    for (int i = 0; i < userIds.length; i++) {
      userIds[i] = 1_000_000L + i;
    }
    presence.recordHeartbeats(userIds);
    FirstSteps.check("all places are taken", presence.onlineCount() == MAX_USERS);
  }

  private void checkSweeperStillRuns() {
    long sweeps = presence.stats().sweeps();
    long startNanos = System.nanoTime();
    while (presence.stats().sweeps() < sweeps + 3) {
      FirstSteps.check("the sweeper still runs", System.nanoTime() - startNanos < PATIENCE_NANOS);
      Thread.onSpinWait();
    }
    FirstSteps.check("no sweep failed", presence.stats().failedSweeps() == 0);
  }

  private void fromEveryDepth(LongConsumer call) throws InterruptedException {
    for (int i = 0; i < DIVES; i++) {
      Throwable[] failure = {null};
      Thread thread = new Thread(null, () -> new Dive(call).down(), "diver", 200_000);
      thread.setUncaughtExceptionHandler((dead, e) -> failure[0] = e);
      thread.start();
      thread.join();
      FirstSteps.check("the diver came back: " + failure[0], failure[0] == null);
    }
  }

  private final class Dive {
    private final LongConsumer call;
    private int calls;

    Dive(LongConsumer call) {
      this.call = call;
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    void down() {
      try {
        down();
      } catch (StackOverflowError e) {
        // This is near the end of the stack.
      }
      if (calls < DEPTHS) {
        calls++;
        long startNanos = System.nanoTime();
        try {
          call.accept(calls);
        } catch (VirtualMachineError e) { // the JVM may wrap it when it links a lambda
          failedCalls++;
        } catch (IllegalStateException e) {
          if (!"presence is closed".equals(e.getMessage())) {
            throw e;
          }
        }
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - startNanos);
      }
    }
  }
}
