package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may be between the mark and the removal. */
@Timeout(60)
class LockFreeStoreSweepTest {

  private static final long EXPIRED = 7;
  private static final long YOUNG = 8;

  private final CountDownLatch marking = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final StampStore store = LockFreeStore.over(ChronicleStore.open(10));

  @AfterEach
  void close() {
    store.close();
  }

  /** A mark made between another sweep's mark and its removal would not have been waited for. */
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
   * Comes back and is forgotten again between the mark and the removal. Whoever found the user in
   * between may still be inside, so the mark that the sweep has waited for does not count.
   */
  @Test
  void sweep_userBackAndForgottenAgainMeanwhile_isRemovedAfterAnotherWait() {
    store.raise(EXPIRED, 900);
    store.raise(YOUNG, 1_000);
    AtomicInteger looks = new AtomicInteger();
    SweepTask task =
        new SweepTask(10, 30) {
          @Override
          void kept(long userId, int stamp) { // YOUNG's, some time after the mark or before it
            looks.incrementAndGet();
            store.raise(EXPIRED, 1_000);
            store.forget(EXPIRED);
          }
        };
    assertThat(store.sweep(0, task.remove(30, 1_000))).isEqualTo(1);
    assertThat(looks).hasValue(1);
    assertThat(store.users().tracked()).isEqualTo(1);
    assertThat(store.stampOf(YOUNG)).isEqualTo(1_000);
  }

  private Thread startHeldSweep() throws InterruptedException {
    store.raise(EXPIRED, 900);
    store.raise(YOUNG, 1_000);
    Thread sweep =
        new Thread(
            () ->
                store.sweep(
                    0,
                    new SweepTask(10, 30) {
                      @Override
                      boolean removes(int stamp) {
                        marking.countDown();
                        awaitUninterruptibly(goOn);
                        return super.removes(stamp);
                      }
                    }.remove(30, 1_000)));
    sweep.start();
    marking.await();
    return sweep;
  }

  private SweepTask task() {
    return new SweepTask(10, 30).remove(30, 1_000);
  }

  private void finish(Thread... threads) throws InterruptedException {
    goOn.countDown();
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

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
