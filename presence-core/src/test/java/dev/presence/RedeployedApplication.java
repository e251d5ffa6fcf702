package dev.presence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Applications that an application server runs on its own threads. */
abstract class RedeployedApplication implements Consumer<ExecutorService> {

  /**
   * Each thread of the server, and the one that started the application, makes every kind of call.
   */
  public static final class CallsFromEveryThread extends RedeployedApplication {
    @Override
    void run(ExecutorService threads) throws Exception {
      Presence presence = Presence.open();
      useAll(presence);
      inEachOf(threads, () -> useAll(presence));
      threads.submit(presence::close).get();
    }
  }

  /**
   * The server's threads make only calls that take no lock; a thread that ends makes the others.
   */
  public static final class LockFreeCallsOnly extends RedeployedApplication {
    @Override
    void run(ExecutorService threads) throws Exception {
      Presence[] presence = new Presence[1];
      inOwnThread(
          () -> {
            presence[0] = Presence.open();
            useAll(presence[0]);
          });
      inEachOf(threads, () -> useWithoutLock(presence[0]));
      useWithoutLock(presence[0]);
      presence[0].close();
    }
  }

  /** Opens and closes one presence, then two at the same time, on a thread that ends. */
  public static final class OpensAgain extends RedeployedApplication {
    @Override
    void run(ExecutorService threads) throws Exception {
      inOwnThread(OpensAgain::openThreePresences);
    }

    private static void openThreePresences() {
      FirstSteps.main(new String[0]);
      Presence first = Presence.open();
      useAll(first);
      try (Presence second = Presence.open()) {
        useAll(second);
        first.close();
        useAll(second);
      }
    }
  }

  /** Keeps its users in a folder, which the next deployment opens. */
  public static final class KeepsSnapshots extends RedeployedApplication {
    @Override
    void run(ExecutorService threads) throws Exception {
      Presence presence = Presence.builder().persistTo(Path.of("stamps")).open();
      useAll(presence);
      inEachOf(threads, () -> useAll(presence));
      threads.submit(presence::close).get();
    }
  }

  /** Fails to open a presence. */
  public static final class FailsToOpen extends RedeployedApplication {
    @Override
    void run(ExecutorService threads) throws Exception {
      inOwnThread(
          () -> {
            try {
              Presence.builder().threadFactory(sweeper -> null).open();
              FirstSteps.check("it fails to open", false);
            } catch (IllegalStateException e) {
              FirstSteps.check(
                  "it fails because there is no thread: " + e, e.getMessage().contains("thread"));
            }
          });
    }
  }

  /** Opens, calls and closes on virtual threads, whose carriers live on. */
  public static final class CallsFromVirtualThreads extends RedeployedApplication {
    @Override
    void run(ExecutorService threads) throws Exception {
      Presence[] presence = new Presence[1];
      inVirtualThread(() -> presence[0] = Presence.open());
      for (int i = 0; i < 10; i++) {
        inVirtualThread(() -> useAll(presence[0]));
      }
      inVirtualThread(() -> presence[0].close());
    }

    private static void inVirtualThread(Runnable work) throws Exception {
      join(
          starter ->
              (Thread)
                  Thread.class
                      .getMethod("startVirtualThread", Runnable.class)
                      .invoke(null, starter),
          work);
    }
  }

  abstract void run(ExecutorService threads) throws Exception;

  @Override
  public final void accept(ExecutorService threads) {
    try {
      run(threads);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static void useAll(Presence presence) {
    long userId = -10 - Thread.currentThread().getId();
    presence.recordHeartbeats(new long[] {userId, 1, 2});
    useWithoutLock(presence);
    presence.disconnect(userId);
    presence.sweep();
    presence.recordHeartbeat(userId, 1);
  }

  static void useWithoutLock(Presence presence) {
    presence.recordHeartbeat(1);
    FirstSteps.check("1 is online", presence.isOnline(1));
    FirstSteps.check("1 and 2 are online", presence.onlineCount() >= 2);
    FirstSteps.check("2 is online", presence.statusOf(new long[] {2, -5})[0]);
    long[] two = {2};
    boolean[] online = new boolean[1];
    presence.statusOf(two, online);
    FirstSteps.check("2 is online", online[0]);
    FirstSteps.check("2 is online", presence.statusOf(two, Duration.ofSeconds(20))[0]);
    FirstSteps.check("1 was seen", presence.lastSeen(1) > 0);
    long[] seen = presence.lastSeenOf(two);
    presence.lastSeenOf(two, seen);
    FirstSteps.check("2 was seen", seen[0] > 0);
    presence.forEachOnline(userId -> FirstSteps.check("-5 is offline", userId != -5));
    FirstSteps.check("1 and 2 are tracked", presence.stats().trackedUsers() >= 2);
  }

  private static void inEachOf(ExecutorService threads, Runnable work) throws Exception {
    CountDownLatch all = new CountDownLatch(3); // one per thread: none works twice
    Callable<Void> once =
        () -> {
          all.countDown();
          all.await();
          work.run();
          return null;
        };
    for (Future<Void> done : threads.invokeAll(Collections.nCopies(3, once))) {
      done.get();
    }
  }

  private static void inOwnThread(Runnable work) throws Exception {
    join(
        starter -> {
          Thread thread = new Thread(starter);
          thread.start();
          return thread;
        },
        work);
  }

  private static void join(Starter starter, Runnable work) throws Exception {
    Throwable[] failure = new Throwable[1];
    starter
        .start(
            () -> {
              try {
                work.run();
              } catch (Throwable e) {
                failure[0] = e;
              }
            })
        .join();
    if (failure[0] != null) {
      throw new IllegalStateException(failure[0]);
    }
  }

  private interface Starter {
    Thread start(Runnable work) throws Exception;
  }
}
