package dev.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * Run by {@link ErrorsInCallsTest} in a JVM of its own: threads go to the end of their stack, and
 * on the way back make a call from every depth. The first calls fail at once, the last ones do not
 * fail, and those between fail at every place in the library where an Error can come. Afterwards
 * everything must be as if the failed calls had been made or not, and nobody may wait.
 */
final class EndOfStack {

  /** How many threads go down for each kind of call. */
  static final String DIVES_PROPERTY = "presence.errors.dives";

  private static final long MAX_USERS = 10_000;
  private static final int DEPTHS = 120;
  private static final int DIVES = Integer.getInteger(DIVES_PROPERTY);

  /** Machines are slow at times; whoever waits for a lost lock waits for ever. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(5);

  private final Presence presence =
      Presence.builder()
          .maxUsers(MAX_USERS)
          .onlineWindow(Duration.ofHours(1))
          .sweepInterval(Duration.ofMillis(1))
          .open();

  private final List<Long> recorded = new ArrayList<>();
  private final long[] batch = new long[2];
  private long nextUser;
  private long failedCalls;
  private long slowest;

  public static void main(String[] args) throws InterruptedException {
    new EndOfStack().run();
  }

  private void run() throws InterruptedException {
    fromEveryDepth(this::heartbeat);
    fromEveryDepth(depth -> heartbeats());
    fromEveryDepth(depth -> presence.isOnline(depth));
    fromEveryDepth(depth -> presence.statusOf(batch));
    fromEveryDepth(depth -> presence.lastSeenOf(batch));
    fromEveryDepth(depth -> presence.sweep());
    fromEveryDepth(depth -> presence.onlineCount());
    fromEveryDepth(depth -> presence.forEachOnline(userId -> {}));
    FirstSteps.check("calls failed", failedCalls > 100);
    FirstSteps.check("calls did not fail", recorded.size() > 100);
    checkNobodyIsLost();
    fromEveryDepth(depth -> presence.disconnect(-1 - depth));
    checkEveryPlaceIsLeft();
    fromEveryDepth(this::refusedHeartbeat);
    checkSweeperGoesOn();
    fromEveryDepth(depth -> presence.close());
    long start = System.nanoTime();
    presence.close();
    long closing = System.nanoTime() - start;
    FirstSteps.check("close took " + closing + " ns", closing < 2 * PATIENCE);
    FirstSteps.check("the slowest call took " + slowest + " ns", slowest < PATIENCE);
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
      throw new IllegalStateException("a full store took a user");
    } catch (PresenceFullException e) {
      presence.disconnect(-1_000_000 - depth); // who is unknown
    }
  }

  private void checkNobodyIsLost() {
    long[] userIds = recorded.stream().mapToLong(id -> id).toArray();
    boolean[] online = presence.statusOf(userIds);
    for (int i = 0; i < online.length; i++) {
      FirstSteps.check("user " + userIds[i] + " is online", online[i]);
    }
    presence.sweep(); // undoes what was left half-way
    long tracked = presence.stats().trackedUsers();
    long count = presence.onlineCount();
    FirstSteps.check("tracked " + tracked + " of " + count, tracked == count);
  }

  private void checkEveryPlaceIsLeft() {
    long[] userIds = new long[(int) (MAX_USERS - presence.stats().trackedUsers())];
    for (int i = 0; i < userIds.length; i++) {
      userIds[i] = 1_000_000L + i;
    }
    presence.recordHeartbeats(userIds);
    FirstSteps.check("the store is full", presence.onlineCount() == MAX_USERS);
  }

  private void checkSweeperGoesOn() {
    long sweeps = presence.stats().sweeps();
    long start = System.nanoTime();
    while (presence.stats().sweeps() < sweeps + 3) {
      FirstSteps.check("the sweeper goes on", System.nanoTime() - start < PATIENCE);
      Thread.onSpinWait();
    }
    FirstSteps.check("no pass failed", presence.stats().failedSweeps() == 0);
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
        // Somewhere here is the end.
      }
      if (calls < DEPTHS) {
        calls++;
        long start = System.nanoTime();
        try {
          call.accept(calls);
        } catch (VirtualMachineError e) { // the JVM may wrap it when it links a lambda
          failedCalls++;
        } catch (IllegalStateException e) {
          if (!"presence is closed".equals(e.getMessage())) {
            throw e;
          }
        }
        slowest = Math.max(slowest, System.nanoTime() - start);
      }
    }
  }
}
