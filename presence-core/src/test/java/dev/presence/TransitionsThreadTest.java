package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscribers that are signalled while the library's own thread dispatches. */
class TransitionsThreadTest {

  private final Presence presence =
      Presence.builder().clock(new ManualClock(1_764_000_000L)).maxUsers(20_000).open();
  private final ExecutorService pool = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    presence.close();
    pool.shutdownNow();
  }

  /** Notes the threads that signal. */
  private static class ThreadRecorder extends RecordingSubscriber {

    final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    ThreadRecorder(long firstRequest) {
      super(firstRequest);
    }

    @Override
    void next(PresenceTransition transition) {
      threads.add(Thread.currentThread());
    }

    @Override
    void ended() {
      threads.add(Thread.currentThread());
    }

    List<String> threadNames() {
      return threads.stream().map(Thread::getName).toList();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void callingThreadExecutor_isCalledByAThreadOfTheLibrary() {
    ThreadRecorder subscriber = new ThreadRecorder(1);
    presence.transitions(Runnable::run).subscribe(subscriber);
    presence.recordHeartbeats(new long[] {1, 2, 3});
    Await.until("one has come", () -> subscriber.count() == 2);
    subscriber.request(1);
    Await.until("two have come", () -> subscriber.count() == 3);
    presence.close();
    Await.until("it has completed", () -> subscriber.count() == 4);
    assertThat(subscriber.takeSignals()).endsWith("complete");
    assertThat(subscriber.threadNames()).isNotEmpty().containsOnly("presence-listener");
  }

  @Test
  void subscriberThatBlocks_inTheCallingThread_delaysNeitherOthersNorClose() {
    CountDownLatch release = new CountDownLatch(1);
    RecordingSubscriber blocked =
        new RecordingSubscriber(Long.MAX_VALUE) {
          @Override
          void next(PresenceTransition transition) {
            await(release);
          }
        };
    RecordingSubscriber blocksAtTheEnd =
        new RecordingSubscriber(0) {
          @Override
          void ended() {
            await(release);
          }
        };
    RecordingSubscriber other = new RecordingSubscriber(Long.MAX_VALUE);
    presence.transitions(Runnable::run).subscribe(blocked);
    presence.transitions(Runnable::run).subscribe(blocksAtTheEnd);
    presence.transitions(Runnable::run).subscribe(other);
    presence.recordHeartbeat(1);
    Await.until("one is blocked", () -> blocked.count() == 2);
    presence.recordHeartbeat(2);
    Await.until("the other has both", () -> other.count() == 3);
    presence.close();
    Await.until("the other has completed", () -> other.count() == 4);
    Await.until("the second is blocked", () -> blocksAtTheEnd.count() == 2);
    assertThat(blocked.count()).isEqualTo(2);
    release.countDown();
    Await.until("it has completed", () -> blocked.count() == 3);
    assertThat(blocked.takeSignals()).endsWith("complete");
  }

  /** As an event loop does: what comes from its own thread, it may run at once. */
  @Test
  void executorThatRunsTasksOfItsOwnThreadAtOnce_keepsItsThread() throws Exception {
    AtomicReference<Thread> loopThread = new AtomicReference<>();
    ExecutorService loop = Executors.newSingleThreadExecutor();
    loop.submit(() -> loopThread.set(Thread.currentThread())).get();
    Executor eager =
        task -> {
          if (Thread.currentThread() == loopThread.get()) {
            task.run();
          } else {
            loop.execute(task);
          }
        };
    ThreadRecorder subscriber = new ThreadRecorder(0);
    loop.submit(() -> presence.transitions(eager).subscribe(subscriber)).get();
    presence.recordHeartbeats(new long[] {1, 2, 3});
    for (int i = 1; i <= 3; i++) {
      int signals = 1 + i;
      loop.submit(() -> subscriber.request(1)).get();
      Await.until("the next has come", () -> subscriber.count() == signals);
    }
    loop.submit(presence::close).get();
    Await.until("it has completed", () -> subscriber.count() == 5);
    assertThat(subscriber.threads).containsExactly(loopThread.get());
    loop.shutdownNow();
  }

  @Test
  void executorThatRejects_isTriedAgain() {
    AtomicBoolean rejects = new AtomicBoolean(true);
    CountDownLatch rejected = new CountDownLatch(1);
    Executor picky =
        task -> {
          if (rejects.get()) {
            rejected.countDown();
            throw new RejectedExecutionException("on purpose");
          }
          pool.execute(task);
        };
    RecordingSubscriber subscriber = new RecordingSubscriber(Long.MAX_VALUE);
    presence.transitions(picky).subscribe(subscriber);
    presence.recordHeartbeat(1);
    await(rejected);
    assertThat(subscriber.count()).isEqualTo(1);
    rejects.set(false);
    Await.until("1 is online", () -> subscriber.count() == 2);
  }

  @Test
  void executorThatRejectsTheEnd_aThreadOfTheLibrarySignalsIt() {
    ThreadRecorder completed = new ThreadRecorder(Long.MAX_VALUE);
    ThreadRecorder failed = new ThreadRecorder(0);
    Executor closed =
        task -> {
          throw new RejectedExecutionException("on purpose");
        };
    presence.transitions(closed).subscribe(completed);
    presence.transitions(closed).subscribe(failed);
    presence.recordHeartbeat(1);
    failed.request(-1);
    Await.until("it has failed", () -> failed.count() == 2);
    presence.close();
    Await.until("it has completed", () -> completed.count() == 2);
    assertThat(completed.takeSignals()).containsExactly("subscribed", "complete");
    assertThat(completed.threadNames()).containsExactly("presence-listener");
    assertThat(failed.threadNames()).containsExactly("presence-listener");
  }

  @Test
  void requestsOfManyThreads_areAddedUp_andSignalsComeOneByOne() throws Exception {
    int threads = 4;
    int requests = 2_000;
    presence.recordHeartbeats(LongStream.range(0, threads * requests + 100).toArray());
    RecordingSubscriber subscriber = new RecordingSubscriber(0);
    presence.transitions(pool).subscribe(subscriber);
    List<Thread> requesters = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread requester =
          new Thread(
              () -> {
                for (int n = 0; n < requests; n++) {
                  subscriber.request(1);
                }
              });
      requesters.add(requester);
      requester.start();
    }
    for (Thread requester : requesters) {
      requester.join();
    }
    Await.until("all have come", () -> subscriber.count() >= 1 + threads * requests);
    presence.close();
    Await.until("it has completed", () -> subscriber.count() == 2 + threads * requests);
    assertThat(subscriber.takeSignals())
        .endsWith("complete")
        .doesNotHaveDuplicates()
        .noneMatch(signal -> signal.startsWith("not alone"));
  }

  @Test
  void manySubscribers_thatRequestOneByOne_areAllTold() {
    List<RecordingSubscriber> subscribers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      RecordingSubscriber subscriber =
          new RecordingSubscriber(1) {
            @Override
            void next(PresenceTransition transition) {
              pool.execute(() -> request(1));
            }
          };
      subscribers.add(subscriber);
      presence.transitions(pool).subscribe(subscriber);
    }
    presence.recordHeartbeats(LongStream.range(0, 100).toArray());
    for (RecordingSubscriber subscriber : subscribers) {
      Await.until("everybody has come", () -> subscriber.count() == 101);
      assertThat(subscriber.takeSignals())
          .doesNotHaveDuplicates()
          .noneMatch(signal -> signal.startsWith("not alone"));
    }
  }

  /** Skipped before JDK 21, which has no virtual threads. */
  @Test
  void virtualThreads_signalOneByOne() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
    Executor virtual =
        (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    RecordingSubscriber subscriber = new RecordingSubscriber(Long.MAX_VALUE);
    presence.transitions(virtual).subscribe(subscriber);
    for (long userId = 1; userId <= 1_000; userId++) {
      presence.recordHeartbeat(userId);
    }
    Await.until("all have come", () -> subscriber.count() == 1_001);
    presence.close();
    Await.until("it has completed", () -> subscriber.count() == 1_002);
    assertThat(subscriber.takeSignals())
        .endsWith("complete")
        .doesNotHaveDuplicates()
        .noneMatch(signal -> signal.startsWith("not alone"));
  }
}
