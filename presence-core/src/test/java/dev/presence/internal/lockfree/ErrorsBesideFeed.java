package dev.presence.internal.lockfree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * Run by {@code ErrorsInCallsTest} in a JVM of its own: calls at the end of their stack while
 * somebody listens. Whatever step of a call an Error prevents, after {@link
 * dev.presence.internal.store.TransitionFeed#reconcile} exactly those are announced whose stamp is
 * later than the horizon, and for each user online and offline have alternated.
 */
public final class ErrorsBesideFeed {

  private static final int DEPTHS = 120;
  private static final int DIVES = Integer.getInteger("presence.errors.dives");
  private static final int HORIZON = 50;

  private final FeedFixture fixture = FeedFixture.open("fast", 60_000);
  private final TreeSet<Long> online = new TreeSet<>();
  private final List<String> wrong = new ArrayList<>();
  private long nextUser;
  private long failedCalls;
  private long succeededCalls;
  private int stamp = 100;

  private ErrorsBesideFeed() {}

  public static void main(String[] args) throws InterruptedException {
    new ErrorsBesideFeed().run();
  }

  private void run() throws InterruptedException {
    fixture.start(HORIZON);
    rehearse();
    for (int round = 0; round < 3; round++) {
      fromEveryDepth(depth -> fixture.store.raise(nextUser++, 100));
      fromEveryDepth(depth -> fixture.raiseBatch(100, newUsers()));
      fromEveryDepth(depth -> fixture.store.forget(earlier(depth * 3)));
      fromEveryDepth(depth -> fixture.store.lower(earlier(depth * 3 + 1), HORIZON + 10));
      fromEveryDepth(depth -> fixture.store.raise(earlier(depth * 3), ++stamp)); // they come back
      fromEveryDepth(depth -> fixture.raiseBatch(++stamp, earlier(depth), earlier(2 * depth)));
      fixture.sweep(1, true);
      fixture.reconcile();
      takeEvents();
      checkAnnounced();
    }
    fixture.close();
    check("calls failed: " + failedCalls, failedCalls > 100);
    check("calls succeeded: " + succeededCalls, succeededCalls > 100);
    check(wrong.toString(), wrong.isEmpty());
  }

  /** A user who came so many users ago, or the first one. */
  private long earlier(long users) {
    return Math.max(0, nextUser - users);
  }

  private long[] newUsers() {
    nextUser += 2;
    return new long[] {nextUser - 2, nextUser - 1, 1, 2};
  }

  /** Has every class initialised, as opening a presence does. */
  private void rehearse() {
    for (int i = 0; i < 3; i++) {
      fixture.store.raise(nextUser++, 100);
      fixture.raiseBatch(100 + i, 0, nextUser++);
      fixture.store.forget(0);
      fixture.store.lower(1, HORIZON + 10);
      fixture.sweep(1, true);
    }
    takeEvents();
    checkAnnounced();
  }

  private void takeEvents() {
    for (String event : fixture.takeEvents()) {
      int from = event.indexOf(' ') + 1;
      long userId = Long.parseLong(event.substring(from, event.indexOf(' ', from)));
      if (event.startsWith("online") ? !online.add(userId) : !online.remove(userId)) {
        wrong.add(event);
      }
    }
  }

  private void checkAnnounced() {
    Map<Long, Integer> expected = new TreeMap<>();
    for (long userId = 0; userId < nextUser; userId++) {
      int stored = fixture.store.stampOf(userId);
      if (stored > HORIZON) {
        expected.put(userId, stored);
      }
    }
    Map<Long, Integer> announced = new TreeMap<>(fixture.announced());
    check("announced " + announced + " expected " + expected, announced.equals(expected));
    check("told", online.equals(expected.keySet()));
  }

  private static void check(String what, boolean holds) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private void fromEveryDepth(LongConsumer call) throws InterruptedException {
    for (int i = 0; i < DIVES; i++) {
      Thread thread = new Thread(null, () -> new Dive(call).down(), "diver", 200_000);
      thread.start();
      thread.join();
      takeEvents();
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
        try {
          call.accept(calls);
          succeededCalls++;
        } catch (VirtualMachineError e) { // the JVM may wrap it when it links a lambda
          failedCalls++;
        }
      }
    }
  }
}
