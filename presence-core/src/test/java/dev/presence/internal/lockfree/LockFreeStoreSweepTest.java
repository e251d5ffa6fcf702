package dev.presence.internal.lockfree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.concurrent.Ticket;
import dev.presence.internal.store.OlderThan;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.SweepTask;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may happen between a sweep's mark and its removal. */
@Timeout(60)
class LockFreeStoreSweepTest {

  private static final long EXPIRED = 7;
  private static final long YOUNG = 8;

  private final CountDownLatch marking = new CountDownLatch(1);
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private final LockFreeStore store = new LockFreeStore(UserMap.open("test", 10));

  @AfterEach
  void close() {
    store.close();
  }

  /**
   * The first sweep's wait would not cover a mark that another makes before the first one removes.
   */
  @Test
  void sweep_whileAnotherIsUnderWay_waitsForIt() throws Exception {
    Thread first = startHeldSweep();
    Thread second = new Thread(() -> store.sweep(0, task()));
    second.start();
    assertBlocked(second);
    finish(first, second);
    assertThat(store.users().tracked()).isEqualTo(1);
  }

  @Test
  void calls_whileASweepIsUnderWay_doNotWait() throws Exception {
    Thread sweep = startHeldSweep();
    assertThat(store.forget(YOUNG)).isTrue();
    assertThat(store.stampOf(YOUNG)).isEqualTo(Stamp.NONE);
    assertThat(store.raise(YOUNG, 1_001)).isTrue();
    assertThat(store.raise(9, 1_001)).isTrue();
    assertThat(store.stampOf(YOUNG)).isEqualTo(1_001);
    finish(sweep);
    assertThat(store.stampOf(9)).isEqualTo(1_001);
  }

  /**
   * The sweep waits for calls that found the user before the mark. Meanwhile the user comes back
   * and is forgotten again. The sweep must then also wait for calls that found the user in between.
   */
  @Test
  void sweep_userBackAndForgottenWhileItWaits_waitsForCallsThatFoundTheUserMeanwhile()
      throws Exception {
    store.raise(EXPIRED, 900);
    Ticket before = store.gate().enter();
    Thread sweep = new Thread(() -> store.sweep(0, task()));
    sweep.start();
    awaitParked(sweep);
    store.raise(EXPIRED, 1_000);
    Ticket meanwhile = store.gate().enter();
    store.forget(EXPIRED);
    before.state = before.outside;

    awaitEndOrWait(sweep);
    assertThat(store.users().tracked()).isEqualTo(1);

    meanwhile.state = meanwhile.outside;
    sweep.join();
    assertThat(store.users().tracked()).isZero();
  }

  /**
   * Returns when the sweep has ended, or has parked so often that it must be waiting for a call.
   */
  private static void awaitEndOrWait(Thread sweep) {
    for (int parked = 0; parked < 100 && sweep.isAlive(); parked++) {
      awaitParked(sweep);
      while (sweep.getState() == Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
    }
  }

  private static void awaitParked(Thread thread) {
    while (thread.isAlive() && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  private Thread startHeldSweep() throws InterruptedException {
    store.raise(EXPIRED, 900);
    store.raise(YOUNG, 1_000);
    Thread sweep =
        new Thread(
            () ->
                store.sweep(
                    0,
                    new OlderThan(10, 30, 1_000) {
                      @Override
                      public boolean removes(int stamp) {
                        marking.countDown();
                        awaitUnchecked(mayGoOn);
                        return super.removes(stamp);
                      }
                    }));
    sweep.start();
    marking.await();
    return sweep;
  }

  private static SweepTask task() {
    return new OlderThan(10, 30, 1_000);
  }

  private void finish(Thread... threads) throws InterruptedException {
    mayGoOn.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void assertBlocked(Thread thread) {
    while (thread.getState() == Thread.State.RUNNABLE || thread.getState() == Thread.State.NEW) {
      Thread.onSpinWait();
    }
    assertThat(thread.getState()).isEqualTo(Thread.State.WAITING);
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
