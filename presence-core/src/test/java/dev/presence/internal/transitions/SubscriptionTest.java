package dev.presence.internal.transitions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.Await;
import dev.presence.PresenceListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a subscription makes of its executor, without a dispatcher. */
class SubscriptionTest {

  private static final Logger LOGGER = Logger.getLogger("dev.presence"); // keeps its level

  private final List<Long> told = new ArrayList<>();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private Runnable duringCall = () -> {};
  private boolean isInside;

  private final PresenceListener listener =
      new PresenceListener() {
        @Override
        public void onOnline(long userId, long epochSecond) {
          assertThat(isInside).isFalse();
          isInside = true;
          told.add(userId);
          duringCall.run();
          isInside = false;
        }

        @Override
        public void onOffline(long userId, long lastSeenEpochSecond) {
          told.add(-userId);
        }
      };

  @BeforeEach
  void silenceExecutorsThatThrow() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterEach
  void logAgain() {
    LOGGER.setLevel(null);
  }

  private Subscription subscribe(Executor executor) {
    return new Subscription(null, new ListenerReceiver(listener), executor, 100, null);
  }

  private static void add(Subscription subscription, long... userIds) {
    for (long userId : userIds) {
      assertThat(subscription.queue().add(EventQueue.ONLINE, userId, 1, 0)).isTrue();
    }
  }

  /** ThreadPoolExecutor does so where it cannot make a thread. */
  @Test
  void executorThatQueuesTheTaskAndThrows_isTriedAgain_andTheListenerIsCalledOnceAtATime() {
    boolean[] throwsNow = {true};
    Subscription subscription =
        subscribe(
            task -> {
              tasks.add(task);
              if (throwsNow[0]) {
                throw new OutOfMemoryError("on purpose");
              }
            });
    add(subscription, 1, 2, 3);
    subscription.deliver();
    assertThat(subscription.failures()).isEqualTo(1);
    throwsNow[0] = false;
    Runnable late = tasks.remove();
    Await.until(
        "it is tried again",
        () -> {
          subscription.deliver();
          return !tasks.isEmpty();
        });
    duringCall = late;
    tasks.remove().run();
    assertThat(told).containsExactly(1L, 2L, 3L);
    late.run();
    assertThat(subscription.delivered()).isEqualTo(3);
    assertThat(subscription.failures()).isEqualTo(1);
  }

  @Test
  void executorThatRunsTheTaskAndThrows_hasRunIt() {
    Subscription subscription =
        subscribe(
            task -> {
              task.run();
              throw new LinkageError("on purpose");
            });
    add(subscription, 1);
    subscription.deliver();
    add(subscription, 2);
    subscription.deliver(); // at once: nothing was refused
    assertThat(told).containsExactly(1L, 2L);
    assertThat(subscription.failures()).isEqualTo(2);
  }

  @Test
  void close_dropsWhatWaitsAndWhatIsStillToCome() {
    Subscription subscription = subscribe(Runnable::run);
    duringCall =
        () -> {
          subscription.close();
          add(subscription, 3);
        };
    add(subscription, 1, 2);
    subscription.deliver();
    subscription.deliver();
    assertThat(told).containsExactly(1L);
    assertThat(subscription.queueDepth()).isZero();
    assertThat(subscription.lag()).isZero();
    assertThat(subscription.queue().take(new EventQueue.Event())).isFalse();
  }
}
