package dev.presence;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Run by {@link ErrorsInCallsTest} in a JVM of its own with a small heap: makes calls while the
 * heap is full.
 */
final class FullHeap {

  private static final int MAX_USERS = 5_000;

  private final Presence presence =
      Presence.builder().maxUsers(MAX_USERS).sweepInterval(Duration.ofMillis(1)).open();

  private final long[] users = new long[4 * MAX_USERS];
  private final boolean[] online = new boolean[users.length];

  /** Created while there is still memory. */
  private final Runnable[] calls = {
    () -> presence.recordHeartbeats(users),
    () -> presence.recordHeartbeat(MAX_USERS + 7),
    () -> presence.statusOf(users, online),
    () -> presence.statusOf(users),
    presence::sweep,
    () -> presence.forEachOnline(userId -> {})
  };

  private final List<Object> hoard = new ArrayList<>(100_000);
  private int failedAllocations;
  private int failedCalls;

  public static void main(String[] args) {
    new FullHeap().run();
  }

  private void run() {
    for (int i = 0; i < users.length; i++) {
      users[i] = i;
    }
    for (int round = 0; round < 10; round++) {
      fillHeapAndCall();
    }
    FirstSteps.check("the heap was full", failedAllocations > 0 && failedCalls > 0);
    FirstSteps.check("all places are taken", presence.onlineCount() == MAX_USERS);
    FirstSteps.check("all users are counted", presence.stats().trackedUsers() == MAX_USERS);
    presence.sweep();
    presence.close();
  }

  private void fillHeapAndCall() {
    hoard.clear();
    for (int size = 1 << 20; size > 0; size >>= 1) {
      try {
        while (true) {
          hoard.add(new byte[size]);
        }
      } catch (OutOfMemoryError e) {
        failedAllocations++; // try smaller arrays
      }
    }
    for (Runnable call : calls) {
      attempt(call);
    }
    hoard.clear();
    attempt(calls[0]);
  }

  private void attempt(Runnable call) {
    try {
      call.run();
    } catch (OutOfMemoryError e) {
      failedCalls++;
    } catch (PresenceFullException e) {
      return; // expected: there are more users than places
    }
  }
}
