package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What subscribers are signalled, where the caller sweeps, time stands still, and everything runs
 * on the thread of the test.
 */
class PresenceTransitionsTest {

  private static final long START = 1_764_000_000L;

  private final ManualClock clock = new ManualClock(START);
  private final Presence presence =
      Presence.builder().maxUsers(20_000).clock(clock).sweepInterval(Duration.ZERO).open();

  @AfterEach
  void close() {
    presence.close();
  }

  private RecordingSubscriber subscribe(RecordingSubscriber subscriber) {
    presence.transitions(Runnable::run).subscribe(subscriber);
    return subscriber;
  }

  private RecordingSubscriber subscribe(long firstRequest) {
    return subscribe(new RecordingSubscriber(firstRequest));
  }

  @Test
  void unlimitedDemand_whoIsOnlineIsToldFirst_thenWhoComesAndGoes() {
    presence.recordHeartbeat(7);
    RecordingSubscriber subscriber = subscribe(Long.MAX_VALUE);
    assertThat(subscriber.takeSignals()).containsExactly("subscribed");
    presence.sweep();
    clock.advance(10);
    presence.recordHeartbeat(8);
    presence.sweep();
    clock.advance(20);
    presence.sweep();
    presence.disconnect(8);
    presence.sweep();
    assertThat(subscriber.takeSignals())
        .containsExactly(
            "ONLINE 7 " + START,
            "ONLINE 8 " + (START + 10),
            "OFFLINE 7 " + START,
            "OFFLINE 8 " + (START + 10));
  }

  @Test
  void noDemand_transitionsWait_untilTheyAreRequested() {
    RecordingSubscriber subscriber = subscribe(0);
    presence.sweep();
    for (long userId = 1; userId <= 4; userId++) {
      presence.recordHeartbeat(userId);
      presence.sweep();
    }
    assertThat(subscriber.takeSignals()).containsExactly("subscribed");
    subscriber.request(1);
    assertThat(subscriber.takeSignals()).containsExactly("ONLINE 1 " + START);
    subscriber.request(2);
    assertThat(subscriber.takeSignals()).containsExactly("ONLINE 2 " + START, "ONLINE 3 " + START);
    subscriber.request(3);
    assertThat(subscriber.takeSignals()).containsExactly("ONLINE 4 " + START);
    presence.recordHeartbeats(new long[] {5, 6, 7});
    presence.sweep();
    assertThat(subscriber.takeSignals()).hasSize(2);
  }

  @Test
  void demand_beyondTheLargestLong_isUnlimited() {
    RecordingSubscriber subscriber = subscribe(Long.MAX_VALUE - 1);
    subscriber.request(Long.MAX_VALUE);
    presence.recordHeartbeats(new long[] {1, 2, 3});
    presence.sweep();
    assertThat(subscriber.takeSignals()).hasSize(4);
  }

  @Test
  void someUsers_onlyTheirsAreTold_onceEach() {
    long[] userIds = {3, 4, 3};
    Flow.Publisher<PresenceTransition> publisher = presence.transitions(userIds, Runnable::run);
    userIds[0] = 1;
    RecordingSubscriber subscriber = new RecordingSubscriber(Long.MAX_VALUE);
    publisher.subscribe(subscriber);
    presence.recordHeartbeats(new long[] {1, 2, 3, 4});
    presence.sweep();
    presence.disconnect(1);
    presence.disconnect(4);
    presence.sweep();
    assertThat(subscriber.takeSignals())
        .containsExactlyInAnyOrder(
            "subscribed", "ONLINE 3 " + START, "ONLINE 4 " + START, "OFFLINE 4 " + START);
  }

  /** The queue of so few users holds 1,024. */
  @Test
  void overflow_whatIsQueuedComes_thenResyncAndTheState_eachOnDemand() {
    RecordingSubscriber subscriber = new RecordingSubscriber(0);
    presence.transitions(new long[] {7}, Runnable::run).subscribe(subscriber);
    presence.sweep();
    for (int i = 0; i < 600; i++) {
      presence.recordHeartbeat(7);
      presence.disconnect(7);
      presence.sweep();
    }
    presence.recordHeartbeat(7);
    presence.sweep();
    assertThat(subscriber.takeSignals()).containsExactly("subscribed");
    subscriber.request(1_000);
    presence.sweep();
    List<String> signals = new ArrayList<>(subscriber.takeSignals());
    assertThat(signals).hasSize(1_000);
    subscriber.request(24);
    signals.addAll(subscriber.takeSignals());
    assertThat(signals).hasSize(1_024);
    for (int i = 0; i < signals.size(); i++) {
      assertThat(signals.get(i)).isEqualTo((i % 2 == 0 ? "ONLINE 7 " : "OFFLINE 7 ") + START);
    }
    subscriber.request(1);
    assertThat(subscriber.takeSignals()).containsExactly("RESYNC 0 never");
    subscriber.request(1);
    assertThat(subscriber.takeSignals()).containsExactly("ONLINE 7 " + START);
    subscriber.request(1);
    presence.disconnect(7);
    presence.sweep();
    assertThat(subscriber.takeSignals()).containsExactly("OFFLINE 7 " + START);
  }

  @Test
  void requestInOnNext_doesNotRecurse() {
    AtomicInteger depth = new AtomicInteger();
    AtomicInteger deepest = new AtomicInteger();
    RecordingSubscriber subscriber =
        subscribe(
            new RecordingSubscriber(1) {
              @Override
              void next(PresenceTransition transition) {
                deepest.accumulateAndGet(depth.incrementAndGet(), Math::max);
                request(1);
                depth.decrementAndGet();
              }
            });
    presence.recordHeartbeats(LongStream.range(0, 10_000).toArray());
    presence.sweep();
    assertThat(subscriber.takeSignals()).hasSize(10_001).doesNotHaveDuplicates();
    assertThat(deepest).hasValue(1);
  }

  @Test
  void requestOfZero_isAnError_andNothingFollows() {
    presence.recordHeartbeats(new long[] {1, 2});
    RecordingSubscriber subscriber =
        subscribe(
            new RecordingSubscriber(Long.MAX_VALUE) {
              @Override
              void next(PresenceTransition transition) {
                request(0);
                request(-1);
              }
            });
    presence.sweep();
    assertThat(subscriber.takeSignals())
        .hasSize(3)
        .endsWith("IllegalArgumentException: rule 3.9: a request must be for more than zero: n=0");
    subscriber.request(1);
    presence.recordHeartbeat(3);
    presence.sweep();
    presence.close();
    assertThat(subscriber.takeSignals()).isEmpty();
  }

  @Test
  void requestOfZero_inOnSubscribe_isAnErrorAfterIt() {
    RecordingSubscriber subscriber = subscribe(-5);
    assertThat(subscriber.takeSignals())
        .containsExactly(
            "subscribed",
            "IllegalArgumentException: rule 3.9: a request must be for more than zero: n=-5");
    assertThat(presence.stats().subscriptions()).isZero();
  }

  @Test
  void cancel_inOnNext_nothingFollows() {
    presence.recordHeartbeats(new long[] {1, 2});
    RecordingSubscriber subscriber =
        subscribe(
            new RecordingSubscriber(Long.MAX_VALUE) {
              @Override
              void next(PresenceTransition transition) {
                subscription().cancel();
              }
            });
    presence.sweep();
    subscriber.subscription().cancel();
    subscriber.request(1);
    subscriber.request(0);
    presence.sweep();
    assertThat(presence.stats().subscriptions()).isZero();
    presence.close();
    assertThat(subscriber.takeSignals()).hasSize(2);
  }

  @Test
  void cancel_inOnSubscribe_nothingFollows() {
    presence.recordHeartbeat(1);
    RecordingSubscriber subscriber =
        subscribe(
            new RecordingSubscriber(1) {
              @Override
              void subscribed() {
                subscription().cancel();
              }
            });
    assertThat(presence.stats().subscriptions()).isZero();
    presence.sweep();
    presence.close();
    assertThat(subscriber.takeSignals()).containsExactly("subscribed");
  }

  @Test
  void close_completes_withoutDemand_andDropsWhatWaits() {
    presence.recordHeartbeats(new long[] {1, 2});
    RecordingSubscriber subscriber = subscribe(1);
    RecordingSubscriber neverSwept = new RecordingSubscriber(0);
    presence.sweep();
    subscribe(neverSwept);
    presence.close();
    presence.close();
    subscriber.request(5);
    assertThat(subscriber.takeSignals()).hasSize(3).endsWith("complete");
    assertThat(neverSwept.takeSignals()).containsExactly("subscribed", "complete");
  }

  @Test
  void close_inOnNext_completesAfterIt() {
    presence.recordHeartbeats(new long[] {1, 2});
    RecordingSubscriber subscriber =
        subscribe(
            new RecordingSubscriber(Long.MAX_VALUE) {
              @Override
              void next(PresenceTransition transition) {
                presence.close();
              }
            });
    presence.sweep();
    assertThat(subscriber.takeSignals()).hasSize(3).endsWith("complete");
  }

  @Test
  void close_inOnSubscribe_isAnErrorAfterIt() {
    RecordingSubscriber subscriber =
        subscribe(
            new RecordingSubscriber(1) {
              @Override
              void subscribed() {
                presence.close();
              }
            });
    assertThat(subscriber.takeSignals())
        .containsExactly("subscribed", "IllegalStateException: presence is closed");
  }

  @Test
  void subscribe_afterClose_isAnErrorAfterOnSubscribe() {
    Flow.Publisher<PresenceTransition> publisher = presence.transitions(Runnable::run);
    presence.close();
    RecordingSubscriber subscriber = new RecordingSubscriber(1);
    publisher.subscribe(subscriber);
    publisher.subscribe(new RecordingSubscriber(0));
    subscriber.request(1);
    subscriber.subscription().cancel();
    assertThat(subscriber.takeSignals())
        .containsExactly("subscribed", "IllegalStateException: presence is closed");
  }

  @Test
  void null_isRefused() {
    Flow.Publisher<PresenceTransition> publisher = presence.transitions(Runnable::run);
    assertThatThrownBy(() -> publisher.subscribe(null))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("subscriber");
    assertThatThrownBy(() -> presence.transitions(null))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("executor");
    assertThatThrownBy(() -> presence.transitions(new long[0], null))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("executor");
    assertThatThrownBy(() -> presence.transitions(null, null))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("userIds");
    assertThatThrownBy(() -> new PresenceTransition(null, 1, 1))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("kind");
  }

  @Test
  void subscriberThatThrows_isCancelled_andOthersGoOn() {
    presence.recordHeartbeats(new long[] {1, 2});
    RecordingSubscriber failing =
        subscribe(
            new RecordingSubscriber(Long.MAX_VALUE) {
              @Override
              void next(PresenceTransition transition) {
                throw new IllegalStateException("on purpose");
              }
            });
    RecordingSubscriber other = subscribe(Long.MAX_VALUE);
    presence.sweep();
    presence.sweep();
    assertThat(presence.stats().subscriptions()).isEqualTo(1);
    presence.close();
    assertThat(failing.takeSignals()).hasSize(2);
    assertThat(other.takeSignals()).hasSize(4);
  }

  @Test
  void subscriberThatThrows_inOnSubscribe_isCancelled() {
    RecordingSubscriber failing =
        subscribe(
            new RecordingSubscriber(1) {
              @Override
              void subscribed() {
                throw new IllegalStateException("on purpose");
              }
            });
    assertThat(presence.stats().subscriptions()).isZero();
    presence.close();
    assertThat(failing.takeSignals()).containsExactly("subscribed");
  }

  @Test
  void subscriberThatThrows_atTheEnd_disturbsNobody() {
    RecordingSubscriber failing =
        subscribe(
            new RecordingSubscriber(1) {
              @Override
              void ended() {
                throw new AssertionError("on purpose");
              }
            });
    RecordingSubscriber other = subscribe(1);
    presence.close();
    assertThat(failing.takeSignals()).containsExactly("subscribed", "complete");
    assertThat(other.takeSignals()).containsExactly("subscribed", "complete");
  }

  @Test
  void manySubscribers_eachGetsWhatItRequests() {
    presence.recordHeartbeats(LongStream.range(0, 50).toArray());
    Flow.Publisher<PresenceTransition> publisher = presence.transitions(Runnable::run);
    List<RecordingSubscriber> subscribers = new ArrayList<>();
    for (int demand = 0; demand < 100; demand++) {
      subscribers.add(new RecordingSubscriber(demand));
      publisher.subscribe(subscribers.get(demand));
    }
    presence.sweep();
    assertThat(presence.stats().subscriptions()).isEqualTo(100);
    for (int demand = 0; demand < 100; demand++) {
      assertThat(subscribers.get(demand).takeSignals())
          .hasSize(1 + Math.min(demand, 50))
          .doesNotHaveDuplicates();
    }
    presence.close();
    for (RecordingSubscriber subscriber : subscribers) {
      assertThat(subscriber.takeSignals()).containsExactly("complete");
    }
  }

  @Test
  void executorThatThrowsAfterItHasRunATask_orRunsItTwice_signalsOnce() {
    AtomicBoolean twice = new AtomicBoolean();
    Executor odd =
        task -> {
          task.run();
          if (twice.get()) {
            task.run();
          }
          throw new RejectedExecutionException("on purpose");
        };
    RecordingSubscriber subscriber = new RecordingSubscriber(Long.MAX_VALUE);
    presence.transitions(odd).subscribe(subscriber);
    for (long userId = 1; userId <= 3; userId++) {
      presence.recordHeartbeat(userId);
      presence.sweep();
      twice.set(true);
    }
    presence.close();
    assertThat(subscriber.takeSignals())
        .containsExactly(
            "subscribed",
            "ONLINE 1 " + START,
            "ONLINE 2 " + START,
            "ONLINE 3 " + START,
            "complete");
  }
}
