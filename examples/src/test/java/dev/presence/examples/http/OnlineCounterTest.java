package dev.presence.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presence.Presence;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** However many ask, one count runs at a time, and nobody gets an older one. */
class OnlineCounterTest {

  @Test
  void count_askedForByMany_runsOncePerWait() throws Exception {
    AtomicLong counts = new AtomicLong();
    CountDownLatch firstHasBegun = new CountDownLatch(1);
    Semaphore mayEnd = new Semaphore(0);
    Presence slow =
        presence(
            () -> {
              long count = counts.incrementAndGet();
              firstHasBegun.countDown();
              mayEnd.acquireUninterruptibly();
              return count;
            });
    try (OnlineCounter counter = new OnlineCounter(slow)) {
      CompletableFuture<Long> first = counter.count().toCompletableFuture();
      firstHasBegun.await();
      List<CompletableFuture<Long>> others = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        others.add(counter.count().toCompletableFuture());
      }
      mayEnd.release(2);

      assertThat(first.join()).isEqualTo(1);
      assertThat(others).allMatch(other -> other.join() == 2);
      assertThat(counts).hasValue(2);
    }
  }

  @Test
  void count_thatFails_failsForThoseWhoWaitAndNobodyElse() {
    AtomicLong counts = new AtomicLong();
    Presence broken =
        presence(
            () -> {
              if (counts.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
              }
              return 7L;
            });
    try (OnlineCounter counter = new OnlineCounter(broken)) {
      CompletableFuture<Long> first = counter.count().toCompletableFuture();
      assertThatThrownBy(first::join)
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("broken");

      assertThat(counter.count().toCompletableFuture().join()).isEqualTo(7);
    }
  }

  @Test
  void count_afterClose_fails() {
    OnlineCounter counter = new OnlineCounter(presence(() -> 7L));
    counter.close();

    assertThatThrownBy(() -> counter.count().toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("server is closed");
  }

  private static Presence presence(java.util.function.Supplier<Long> onlineCount) {
    return (Presence)
        Proxy.newProxyInstance(
            Presence.class.getClassLoader(),
            new Class<?>[] {Presence.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("onlineCount");
              return onlineCount.get();
            });
  }
}
