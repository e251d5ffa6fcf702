package dev.presence.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.presence.Presence;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.lockfree.LockFreeStore;
import dev.presence.internal.store.StampStore;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Runs many virtual threads at the same time. {@code -Dpresence.virtual.threads=…} sets how many.
 * Skipped before JDK 21, which has none.
 */
class VirtualThreadsTest {

  private static final int THREADS = Integer.getInteger("presence.virtual.threads", 20_000);

  @BeforeEach
  void assumeVirtualThreads() {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
  }

  private static Thread start(Runnable work) throws ReflectiveOperationException {
    Method startVirtualThread = Thread.class.getMethod("startVirtualThread", Runnable.class);
    return (Thread) startVirtualThread.invoke(null, work);
  }

  @Test
  void manyThreadsAtOnce_newUsers_leaveNothingBehindPerThread() throws Exception {
    UserMap map = UserMap.open("test", THREADS);
    StampStore store = new LockFreeStore(map);
    CountDownLatch recorded = new CountDownLatch(THREADS);
    CountDownLatch end = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long userId = i;
      threads.add(
          start(
              () -> {
                store.raise(userId, 5);
                recorded.countDown();
                awaitUnchecked(end);
              }));
    }
    recorded.await();
    assertThat(map.contexts()).isLessThanOrEqualTo(1); // the library's own thread
    assertThat(store.users().tracked()).isEqualTo(THREADS);
    end.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    store.close();
  }

  @Test
  void everyCall_fromAVirtualThread_works() throws Exception {
    for (String storeProperty : new String[] {"", StoreOpener.LOCKED}) {
      System.setProperty(StoreOpener.STORE_PROPERTY, storeProperty);
      AtomicInteger done = new AtomicInteger();
      start(
              () -> {
                everyCall();
                done.incrementAndGet();
              })
          .join();
      System.clearProperty(StoreOpener.STORE_PROPERTY);
      assertThat(done).hasValue(1);
    }
  }

  private static void everyCall() {
    try (Presence presence = Presence.builder().maxUsers(2).sweepInterval(Duration.ZERO).open()) {
      Thread.currentThread().interrupt();
      presence.recordHeartbeat(1);
      presence.recordHeartbeats(new long[] {1, 2});
      assertThat(presence.statusOf(new long[] {1, 2, 3})).containsExactly(true, true, false);
      assertThat(presence.onlineCount()).isEqualTo(2);
      assertThatThrownBy(() -> presence.recordHeartbeat(3))
          .hasMessage("no room for a new user: maxUsers=2 trackedUsers=2 refused=1");
      presence.disconnect(1);
      assertThat(presence.sweep()).isEqualTo(1);
      presence.forEachOnline(userId -> assertThat(userId).isEqualTo(2));
      assertThat(Thread.interrupted()).isTrue();
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
