package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners and executors that do what they should not, or more than expected. */
@Timeout(60)
class SubscriptionListenerTest {

  private static final Logger LOGGER = Logger.getLogger("dev.presence"); // keeps its level
  private static final long START = 1_764_000_000L;

  private final ManualClock clock = new ManualClock(START);
  private final Presence presence = open(Duration.ofSeconds(10));
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final RecordingListener listener = new RecordingListener();

  private Presence open(Duration sweepInterval) {
    return Presence.builder()
        .clock(clock)
        .maxUsers(100)
        .retention(Duration.ofHours(1))
        .sweepInterval(sweepInterval)
        .open();
  }

  @BeforeEach
  void silenceListenersThatThrow() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterEach
  void close() {
    presence.close();
    executor.shutdownNow();
    LOGGER.setLevel(null);
  }

  /** Writes down each event, and then does something. */
  private PresenceListener then(LongConsumer online, LongConsumer offline, Runnable resync) {
    return new PresenceListener() {
      @Override
      public void onOnline(long userId, long epochSecond) {
        listener.onOnline(userId, epochSecond);
        online.accept(userId);
      }

      @Override
      public void onOffline(long userId, long lastSeenEpochSecond) {
        listener.onOffline(userId, lastSeenEpochSecond);
        offline.accept(userId);
      }

      @Override
      public void onResync() {
        listener.onResync();
        resync.run();
      }
    };
  }

  private PresenceListener then(LongConsumer online) {
    return then(online, userId -> {}, () -> {});
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void listenerThatCallsThePresence_isAnswered(boolean isDirect) {
    RecordingListener other = new RecordingListener();
    Executor runs = isDirect ? Runnable::run : executor;
    presence.subscribe(
        then(
            userId -> {
              if (userId == 1) {
                assertThat(presence.isOnline(1)).isTrue();
                assertThat(presence.statusOf(new long[] {1, 2})).containsExactly(true, false);
                presence.recordHeartbeats(new long[] {2, 3});
                presence.disconnect(3);
                presence.sweep();
                presence.subscribe(other, runs);
                assertThat(presence.stats().subscriptions()).isEqualTo(2);
              }
            }),
        runs);
    presence.recordHeartbeat(1);
    Await.until("the other knows 1 and 2", () -> other.online().equals(Set.of(1L, 2L)));
    Await.until("3 is gone", () -> listener.online().equals(Set.of(1L, 2L)));
    assertThat(listener.takeEvents()).contains("online 3 " + START, "offline 3 " + START);
  }

  @Test
  void listenerThatSweeps_whereTheCallerSweeps_getsTheRestLater() {
    try (Presence own = open(Duration.ZERO)) {
      own.subscribe(
          then(
              userId -> {
                own.recordHeartbeat(userId + 1 < 6 ? userId + 1 : 1);
                own.sweep();
              }),
          Runnable::run);
      own.recordHeartbeat(1);
      own.sweep();
      assertThat(listener.takeEvents())
          .containsExactly(
              "online 1 " + START,
              "online 2 " + START,
              "online 3 " + START,
              "online 4 " + START,
              "online 5 " + START);
    }
  }

  @Test
  void listenerThatClosesItself_andAnother_getsNothingMore() {
    RecordingListener other = new RecordingListener();
    AtomicReference<PresenceSubscription> own = new AtomicReference<>();
    presence.recordHeartbeats(new long[] {1, 2, 3});
    PresenceSubscription others = presence.subscribe(other, executor);
    Await.until("the other knows all", () -> other.online().size() == 3);
    CountDownLatch isSet = new CountDownLatch(1);
    own.set(
        presence.subscribe(
            then(
                userId -> {
                  awaitUnchecked(isSet);
                  own.get().close();
                  others.close();
                }),
            executor));
    isSet.countDown();
    Await.until("both are closed", () -> others.isClosed() && own.get().isClosed());
    presence.disconnect(1);
    RecordingListener witness = new RecordingListener();
    presence.subscribe(witness, executor);
    Await.until("a third knows who is left", () -> witness.online().size() == 2);
    assertThat(listener.online()).hasSize(1);
    assertThat(own.get().delivered()).isEqualTo(1);
    assertThat(other.online()).hasSize(3);
    Await.until("they have left", () -> presence.stats().subscriptions() == 1);
  }

  @Test
  void listenerThatClosesThePresence_inOnOffline_getsNothingMore() {
    presence.recordHeartbeats(new long[] {1, 2});
    PresenceSubscription subscription =
        presence.subscribe(then(id -> {}, id -> presence.close(), () -> {}), executor);
    Await.until("both are online", () -> listener.online().size() == 2);
    clock.advance(30);
    Await.until("it is closed", subscription::isClosed);
    assertThat(listener.online()).hasSize(1);
    assertThat(subscription.delivered()).isEqualTo(3);
  }

  @Test
  void listenerThatWasTooSlow_isToldToStartOver_andMayCloseThePresenceThere() {
    CountDownLatch release = new CountDownLatch(1);
    PresenceSubscription subscription =
        presence.subscribe(
            new long[] {1},
            then(id -> awaitUnchecked(release), id -> {}, presence::close),
            executor);
    presence.recordHeartbeat(1);
    Await.until("it is busy", () -> subscription.delivered() == 1);
    Await.until(
        "its queue overflows",
        () -> {
          presence.disconnect(1);
          presence.recordHeartbeat(1);
          return subscription.resyncs() == 1;
        });
    release.countDown();
    Await.until("it is closed", subscription::isClosed);
    List<String> events = listener.takeEvents();
    assertThat(events).endsWith("resync").noneMatch(event -> event.startsWith("twice"));
    assertThat(events.size()).isEqualTo((int) subscription.delivered());
  }

  @Test
  void listenerThatThrowsAnError_orHasNoStackLeft_getsTheNextEvent() {
    PresenceSubscription subscription =
        presence.subscribe(
            then(
                userId -> {
                  if (userId == 1) {
                    throw new LinkageError("on purpose");
                  } else if (userId == 2) {
                    down();
                  }
                }),
            executor);
    for (long userId = 1; userId <= 3; userId++) {
      long last = userId;
      presence.recordHeartbeat(userId);
      Await.until("it is told", () -> listener.online().contains(last));
    }
    Await.until("both are counted", () -> subscription.failures() == 2);
    assertThat(listener.takeEvents()).hasSize(3);
  }

  @SuppressWarnings("InfiniteRecursion") // until the stack ends
  private static void down() {
    down();
  }

  @Test
  void executorThatThrowsAnError_isTriedAgain() {
    AtomicInteger tasks = new AtomicInteger();
    PresenceSubscription subscription =
        presence.subscribe(
            listener,
            task -> {
              if (tasks.incrementAndGet() == 1) {
                throw new LinkageError("on purpose");
              }
              executor.execute(task);
            });
    presence.recordHeartbeat(1);
    Await.until("1 is online", () -> listener.online().contains(1L));
    assertThat(subscription.failures()).isEqualTo(1);
  }

  /** The calling thread runs the listener, so the flag is the caller's. */
  @Test
  void interruptFlag_ofTheCallerWhoSweeps_staysAsItIs() {
    List<Boolean> seen = new ArrayList<>();
    try (Presence own = open(Duration.ZERO)) {
      own.subscribe(
          then(userId -> seen.add(Thread.currentThread().isInterrupted())), Runnable::run);
      own.recordHeartbeat(1);
      Thread.currentThread().interrupt();
      own.sweep();
      assertThat(Thread.interrupted()).isTrue();
      assertThat(seen).containsExactly(true);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void listenerThatInterruptsItsThread_getsTheNextEvent(boolean isDirect) {
    presence.subscribe(
        then(userId -> Thread.currentThread().interrupt()), isDirect ? Runnable::run : executor);
    for (long userId = 1; userId <= 3; userId++) {
      long last = userId;
      presence.recordHeartbeat(userId);
      Await.until("it is told", () -> listener.online().contains(last));
    }
    assertThat(listener.takeEvents()).hasSize(3);
  }

  @Test
  void virtualThreads_runTheListener() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
    ExecutorService virtual =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try {
      CountDownLatch release = new CountDownLatch(1);
      List<PresenceSubscription> blocked = new ArrayList<>();
      for (int i = 0; i < 200; i++) { // more than there are carriers
        blocked.add(
            presence.subscribe(new long[] {1}, then(userId -> awaitUnchecked(release)), virtual));
      }
      RecordingListener free = new RecordingListener();
      presence.subscribe(free, virtual);
      presence.recordHeartbeats(new long[] {1, 2});
      Await.until("one is told", () -> free.online().size() == 2);
      release.countDown();
      for (PresenceSubscription subscription : blocked) {
        Await.until("the others are told", () -> subscription.delivered() == 1);
      }
    } finally {
      virtual.shutdown();
    }
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
