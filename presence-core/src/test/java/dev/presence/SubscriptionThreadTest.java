package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners that are told by the library's own thread. */
class SubscriptionThreadTest {

  private static final long START = 1_764_000_000L;

  private final ManualClock clock = new ManualClock(START);
  private final Presence presence =
      Presence.builder().name("events").clock(clock).maxUsers(1_000).open();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final RecordingListener listener = new RecordingListener();

  @AfterEach
  void close() {
    presence.close();
    executor.shutdownNow();
  }

  @Test
  void usersComeAndGo_theListenerIsToldWithoutASweep() {
    presence.recordHeartbeat(1);
    presence.subscribe(listener, executor);
    Await.until("1 is online", () -> listener.online().contains(1L));
    presence.recordHeartbeat(2);
    Await.until("2 is online", () -> listener.online().contains(2L));
    clock.advance(30);
    Await.until("nobody is online", () -> listener.online().isEmpty());
    assertThat(listener.takeEvents()).hasSize(4);
  }

  @Test
  void listenerThatBlocks_inTheCallingThread_delaysNobody() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    presence.subscribe(
        new PresenceListener() {
          @Override
          public void onOnline(long userId, long epochSecond) {
            try {
              release.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void onOffline(long userId, long lastSeenEpochSecond) {}
        },
        Runnable::run);
    presence.subscribe(listener, Runnable::run);
    presence.recordHeartbeat(1);
    Await.until("1 is online", () -> listener.online().contains(1L));
    presence.recordHeartbeat(2);
    Await.until("2 is online", () -> listener.online().contains(2L));
    release.countDown();
  }

  @Test
  void listenerThatThrows_isCounted_andGetsTheNextEvent() {
    AtomicReference<Long> last = new AtomicReference<>();
    PresenceSubscription subscription =
        presence.subscribe(
            new PresenceListener() {
              @Override
              public void onOnline(long userId, long epochSecond) {
                last.set(userId);
                throw new IllegalStateException("on purpose");
              }

              @Override
              public void onOffline(long userId, long lastSeenEpochSecond) {}
            },
            executor);
    presence.recordHeartbeat(1);
    Await.until("1 fails", () -> subscription.failures() == 1);
    presence.recordHeartbeat(2);
    Await.until("2 fails", () -> subscription.failures() == 2);
    assertThat(last.get()).isEqualTo(2);
    assertThat(subscription.delivered()).isEqualTo(2);
    assertThat(subscription.queueDepth()).isZero();
    assertThat(subscription.lag()).isZero();
  }

  @Test
  void executorThatRejects_isTriedAgain() {
    AtomicBoolean rejects = new AtomicBoolean(true);
    Executor picky =
        task -> {
          if (rejects.get()) {
            throw new RejectedExecutionException("on purpose");
          }
          executor.execute(task);
        };
    PresenceSubscription subscription = presence.subscribe(listener, picky);
    presence.recordHeartbeat(1);
    Await.until("the executor refuses", () -> subscription.failures() > 0);
    assertThat(subscription.queueDepth()).isEqualTo(1);
    rejects.set(false);
    Await.until("1 is online", () -> listener.online().contains(1L));
  }

  @Test
  void listenerClosesThePresence_nothingFollows() {
    AtomicReference<PresenceSubscription> subscription = new AtomicReference<>();
    subscription.set(
        presence.subscribe(
            new PresenceListener() {
              @Override
              public void onOnline(long userId, long epochSecond) {
                listener.onOnline(userId, epochSecond);
                presence.close();
              }

              @Override
              public void onOffline(long userId, long lastSeenEpochSecond) {
                listener.onOffline(userId, lastSeenEpochSecond);
              }
            },
            executor));
    presence.recordHeartbeats(new long[] {1, 2, 3});
    Await.until("the presence is closed", () -> subscription.get().isClosed());
    Await.until("it is told one", () -> subscription.get().delivered() == 1);
    assertThat(listener.online()).hasSize(1);
    assertThat(subscription.get().queueDepth()).isZero();
  }

  @Test
  void lastSubscriptionClosed_theThreadEnds() {
    PresenceSubscription subscription = presence.subscribe(listener, executor);
    Await.until("the thread runs", () -> isRunning("events-transitions"));
    subscription.close();
    Await.until("the thread has ended", () -> !isRunning("events-transitions"));
    presence.subscribe(listener, executor);
    presence.recordHeartbeat(1);
    Await.until("1 is online", () -> listener.online().contains(1L));
  }

  /** It beats until it is told: a heartbeat late in a second is young for the rest of that only. */
  @Test
  void systemClock_userIsGoneAfterTheWindow() {
    try (Presence real = Presence.builder().onlineWindow(Duration.ofSeconds(1)).open()) {
      real.subscribe(listener, executor);
      Await.until(
          "1 has come",
          () -> {
            real.recordHeartbeat(1);
            return listener.online().contains(1L);
          });
      Await.until("1 has gone", () -> listener.online().isEmpty());
    }
  }

  @Test
  void clockThatThrowsForAWhile_nothingIsToldTwice() {
    AtomicBoolean throwsNow = new AtomicBoolean();
    InstantSource broken =
        () -> {
          if (throwsNow.get()) {
            throw new IllegalStateException("on purpose");
          }
          return clock.instant();
        };
    try (Presence other = Presence.builder().clock(broken).maxUsers(1_000).open()) {
      other.recordHeartbeat(1);
      PresenceSubscription subscription = other.subscribe(listener, executor);
      Await.until("1 is online", () -> listener.online().contains(1L));
      throwsNow.set(true);
      assertThatThrownBy(() -> other.recordHeartbeat(2)).hasMessage("on purpose");
      throwsNow.set(false);
      other.recordHeartbeat(3);
      Await.until("3 is online", () -> listener.online().contains(3L));
      assertThat(subscription.resyncs()).isZero();
      assertThat(listener.takeEvents()).hasSize(2);
    }
  }

  private static boolean isRunning(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(name));
  }
}
