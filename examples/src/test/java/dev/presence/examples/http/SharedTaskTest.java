package dev.presence.examples.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** However many ask, the task runs once at a time, and nobody gets an older result. */
class SharedTaskTest {

  @Test
  void result_askedForByMany_runsOncePerWait() throws Exception {
    AtomicLong counts = new AtomicLong();
    CountDownLatch firstHasBegun = new CountDownLatch(1);
    Semaphore mayEnd = new Semaphore(0);
    Supplier<Long> slow =
        () -> {
          long count = counts.incrementAndGet();
          firstHasBegun.countDown();
          mayEnd.acquireUninterruptibly();
          return count;
        };
    try (SharedTask<Long> task = new SharedTask<>("count", slow)) {
      CompletableFuture<Long> first = task.result().toCompletableFuture();
      firstHasBegun.await();
      List<CompletableFuture<Long>> others = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        others.add(task.result().toCompletableFuture());
      }
      mayEnd.release(2);

      assertThat(first.join()).isEqualTo(1);
      assertThat(others).allMatch(other -> other.join() == 2);
      assertThat(counts).hasValue(2);
    }
  }

  @Test
  void result_thatFails_failsForThoseWhoWaitAndNobodyElse() {
    AtomicLong counts = new AtomicLong();
    Supplier<Long> broken =
        () -> {
          if (counts.incrementAndGet() == 1) {
            throw new IllegalStateException("broken");
          }
          return 7L;
        };
    try (SharedTask<Long> task = new SharedTask<>("count", broken)) {
      CompletableFuture<Long> first = task.result().toCompletableFuture();
      assertThatThrownBy(first::join)
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("broken");

      assertThat(task.result().toCompletableFuture().join()).isEqualTo(7);
    }
  }

  @Test
  void result_afterClose_fails() {
    SharedTask<Long> task = new SharedTask<>("count", () -> 7L);
    task.close();

    assertThatThrownBy(() -> task.result().toCompletableFuture().join())
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("server is closed");
  }
}
