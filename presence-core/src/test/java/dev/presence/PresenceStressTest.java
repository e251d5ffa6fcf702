package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Heartbeats, disconnects, sweeps and reads side by side on a store so small that each entry is
 * removed and reused all the time; {@link StressOwner} knows what must be answered. {@code
 * -Dpresence.stress.seconds=…} is the time of one variant, 2 unless given; {@code
 * -Dpresence.stress.seed=…} repeats the choices, though not the threads' order.
 */
class PresenceStressTest {

  private static final long SECONDS = Long.getLong("presence.stress.seconds", 2);

  @ParameterizedTest
  @CsvSource({
    "2, 30, 30, 16, 64", // everybody fits; who is disconnected is forgotten
    "4, 5, 5, 16, 40", // often full, so that each removal makes room for a waiting user
    "4, 3, 8, 50, 200", // offline users are remembered for a while
    "3, 1, 1, 7000, 21000", // several segments
  })
  void randomCalls_onOneStore_everyAnswerIsPossible(
      int threads, long window, long retention, int usersPerThread, long maxUsers)
      throws Exception {
    long seed = Long.getLong("presence.stress.seed", System.nanoTime());
    ManualClock clock = new ManualClock(1_764_000_000L);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (Presence presence =
        Presence.builder()
            .onlineWindow(Duration.ofSeconds(window))
            .retention(Duration.ofSeconds(retention))
            .maxUsers(maxUsers)
            .clock(clock)
            .sweepInterval(Duration.ofMillis(1))
            .open()) {
      long deadline = System.nanoTime() + SECONDS * 1_000_000_000L;
      SplittableRandom random = new SplittableRandom(seed);
      List<StressOwner> owners = new ArrayList<>();
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        StressOwner owner =
            new StressOwner(
                presence,
                clock,
                window,
                retention,
                random.split(),
                (long) i * usersPerThread,
                usersPerThread,
                deadline);
        owners.add(owner);
        results.add(executor.submit(owner));
      }
      for (Future<?> result : results) {
        result.get();
      }
      PresenceStats stats = presence.stats();
      System.out.printf(
          "%s: -Dpresence.stress.seed=%d operations=%d refusals=%d swept=%d%n",
          getClass().getSimpleName(),
          seed,
          owners.stream().mapToLong(o -> o.operations).sum(),
          owners.stream().mapToLong(o -> o.refusals).sum(),
          stats.sweptUsers());
      assertThat(stats.sweptUsers()).isPositive();
      assertThat(stats.failedSweeps()).isZero();
      clock.advance(retention);
      presence.sweep();
      assertThat(presence.stats().trackedUsers()).isZero();
    } finally {
      executor.shutdownNow();
    }
  }
}
