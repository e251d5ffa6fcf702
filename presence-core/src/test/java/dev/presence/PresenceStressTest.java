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
 * Runs heartbeats, disconnects, sweeps and reads at the same time on a presence so small that
 * entries are removed and reused all the time; {@link StressOwner} knows the right answers. {@code
 * -Dpresence.stress.seconds=…} sets the time for each variant, 2 by default. {@code
 * -Dpresence.stress.seed=…} repeats the choices, but not the order of the threads.
 */
class PresenceStressTest {

  private static final long SECONDS = Long.getLong("presence.stress.seconds", 2);

  @ParameterizedTest
  @CsvSource({
    "2, 30, 30, 16, 64", // everybody fits; a disconnect forgets the user
    "4, 5, 5, 16, 40", // often full: each removal makes room for another user
    "4, 3, 8, 50, 200", // offline users are remembered for a while
    "3, 1, 1, 7000, 21000", // several segments
  })
  void randomCalls_onOnePresence_everyAnswerIsPossible(
      int threads, long windowSeconds, long retentionSeconds, int usersPerThread, long maxUsers)
      throws Exception {
    long seed = Long.getLong("presence.stress.seed", System.nanoTime());
    ManualClock clock = new ManualClock(1_764_000_000L);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (Presence presence =
        Presence.builder()
            .onlineWindow(Duration.ofSeconds(windowSeconds))
            .retention(Duration.ofSeconds(retentionSeconds))
            .maxUsers(maxUsers)
            .clock(clock)
            .sweepInterval(Duration.ofMillis(1))
            .open()) {
      long deadlineNanos = System.nanoTime() + SECONDS * 1_000_000_000L;
      SplittableRandom random = new SplittableRandom(seed);
      List<StressOwner> owners = new ArrayList<>();
      List<Future<?>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        StressOwner owner =
            new StressOwner(
                presence,
                clock,
                windowSeconds,
                retentionSeconds,
                random.split(),
                (long) i * usersPerThread,
                usersPerThread,
                deadlineNanos);
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
      clock.advance(retentionSeconds);
      presence.sweep();
      assertThat(presence.stats().trackedUsers()).isZero();
    } finally {
      executor.shutdownNow();
    }
  }
}
