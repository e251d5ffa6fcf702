package dev.presence;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

/**
 * Run by {@link ErrorsInCallsTest} in a JVM of its own that has one or two carriers: interrupted
 * virtual threads wait for each other in every way the library has. A thread that spun instead of
 * parking would keep the carrier from the thread that it waits for, and neither would end.
 */
final class FewCarriers {

  private static final int THREADS = 300;
  private static final int ROUNDS = 20;
  private static final int MAX_USERS = 50;

  private FewCarriers() {}

  public static void main(String[] args) throws Throwable {
    for (int round = 0; round < ROUNDS; round++) {
      round();
    }
  }

  private static void round() throws Throwable {
    Presence presence =
        Presence.builder().maxUsers(MAX_USERS).sweepInterval(Duration.ofMillis(1)).open();
    presence.recordHeartbeats(LongStream.range(0, MAX_USERS).toArray());
    AtomicInteger interrupted = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      threads.add(
          startVirtual(
              () -> {
                Thread.currentThread().interrupt();
                callUntilClosed(presence, number);
                interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
              }));
    }
    threads.add(
        startVirtual(
            () -> {
              Thread.currentThread().interrupt();
              presence.close();
            }));
    for (Thread thread : threads) {
      thread.join();
    }
    FirstSteps.check(
        "every thread is still interrupted: " + interrupted, interrupted.get() == THREADS);
  }

  private static void callUntilClosed(Presence presence, int number) {
    try {
      for (int i = 0; i < 20; i++) {
        try {
          presence.recordHeartbeat(MAX_USERS + number);
        } catch (PresenceFullException e) {
          presence.disconnect(number);
        }
        presence.statusOf(new long[] {number, i});
        if (number % 10 == 0) {
          presence.sweep();
        }
      }
    } catch (PresenceFullException e) {
      throw e;
    } catch (IllegalStateException closed) {
      return;
    }
  }

  private static Thread startVirtual(Runnable work) throws Throwable {
    return (Thread)
        MethodHandles.lookup()
            .findStatic(
                Thread.class,
                "startVirtualThread",
                MethodType.methodType(Thread.class, Runnable.class))
            .invokeExact(work);
  }
}
