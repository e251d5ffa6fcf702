package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the statistics say of all subscriptions together. */
class SubscriptionFiguresTest {

  private final Presence presence =
      Presence.builder().maxUsers(100).sweepInterval(Duration.ZERO).open();
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  @AfterEach
  void close() {
    presence.close();
  }

  private PresenceSubscription subscribe(long userId) {
    return presence.subscribe(new long[] {userId}, new RecordingListener(), tasks::add);
  }

  private void runTasks() {
    for (Runnable task; (task = tasks.poll()) != null; ) {
      task.run();
    }
  }

  @Test
  void eventsThatWait_areAddedUp_andTheLongestWaitIsTold() {
    subscribe(1);
    subscribe(2);
    assertThat(presence.stats().queuedEvents()).isZero();
    assertThat(presence.stats().longestLagMillis()).isZero();
    presence.recordHeartbeats(new long[] {1, 2});
    presence.sweep();
    presence.disconnect(2);
    presence.sweep();
    assertThat(presence.stats().queuedEvents()).isEqualTo(3);
    Await.until("an event has waited", () -> presence.stats().longestLagMillis() > 1);
    runTasks();
    assertThat(presence.stats().queuedEvents()).isZero();
    assertThat(presence.stats().longestLagMillis()).isZero();
  }

  @Test
  void resyncs_ofASubscriptionThatHasEnded_stayCounted() {
    PresenceSubscription slow = subscribe(1);
    subscribe(2);
    while (slow.resyncs() == 0) {
      presence.recordHeartbeat(1);
      presence.disconnect(1);
      presence.sweep();
    }
    assertThat(presence.stats().resyncs()).isEqualTo(1);
    slow.close();
    presence.sweep();
    assertThat(presence.stats().subscriptions()).isEqualTo(1);
    assertThat(presence.stats().resyncs()).isEqualTo(1);
  }
}
