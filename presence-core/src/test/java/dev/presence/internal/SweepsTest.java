package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who may be between the mark and the removal. */
@Timeout(60)
class SweepsTest {

  private final CountDownLatch marking = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final AtomicInteger marks = new AtomicInteger();
  private final AtomicInteger lowered = new AtomicInteger();
  private final Sweeps sweeps = new Sweeps(heldStore(), new CallGate(), 30);

  /** A mark made between another sweep's mark and its removal would not have been waited for. */
  @Test
  void sweepSegment_whileAnotherIsUnderWay_waitsForIt() throws Exception {
    CompletableFuture<Integer> first = CompletableFuture.supplyAsync(this::sweepSegment);
    marking.await();
    Thread second = new Thread(this::sweepSegment);
    second.start();
    awaitBlocked(second);

    assertThat(marks).hasValue(1);

    goOn.countDown();
    assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    second.join();
    assertThat(marks).hasValue(2);
  }

  /** In the first seconds of 1970 a disconnect is a mark, too. */
  @Test
  void disconnect_thatMarksWhileASweepIsUnderWay_waitsForIt() throws Exception {
    CompletableFuture<Integer> sweep = CompletableFuture.supplyAsync(this::sweepSegment);
    marking.await();
    Thread disconnect = new Thread(() -> sweeps.disconnect(7, 10, 30));
    disconnect.start();
    awaitBlocked(disconnect);

    assertThat(lowered).hasValue(0);

    goOn.countDown();
    assertThat(sweep.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    disconnect.join();
    assertThat(lowered).hasValue(1);
  }

  private int sweepSegment() {
    return sweeps.sweepSegment(0, 1_000, new long[1]);
  }

  private static void awaitBlocked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  /** A store that has one user to remove, and whose first mark takes as long as the test wants. */
  private StampStore heldStore() {
    return (StampStore)
        Proxy.newProxyInstance(
            StampStore.class.getClassLoader(),
            new Class<?>[] {StampStore.class},
            (proxy, method, args) -> {
              switch (method.getName()) {
                case "markOlder" -> {
                  marks.incrementAndGet();
                  marking.countDown();
                  goOn.await();
                  return 1;
                }
                case "removeMarked" -> {
                  return 1;
                }
                case "lower" -> {
                  lowered.incrementAndGet();
                  return null;
                }
                default -> throw new UnsupportedOperationException(method.getName());
              }
            });
  }
}
