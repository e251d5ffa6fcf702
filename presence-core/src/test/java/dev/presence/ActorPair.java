package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Two actions that race on one store, again and again, with the outcome in words. Each round sets
 * up, releases both actors from a barrier at the same moment, and looks at what came of it.
 *
 * <p>{@code -Dpresence.pair.rounds=…} makes it longer.
 */
abstract class ActorPair {

  private static final int ROUNDS = Integer.getInteger("presence.pair.rounds", 5_000);

  private int rounds = ROUNDS;

  /** For a pair whose rounds are expensive. */
  final ActorPair rounds(int number) {
    rounds = number;
    return this;
  }

  /** Prepares a round. */
  abstract void setup();

  abstract void actor1();

  abstract void actor2();

  /** What happened, in words. */
  abstract String outcome();

  /** Runs all rounds; every outcome must be an allowed one. */
  final void run(String... allowed) throws Exception {
    Map<String, Integer> outcomes = new TreeMap<>();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < rounds; round++) {
        setup();
        AtomicInteger barrier = new AtomicInteger(2);
        Future<?> second =
            other.submit(
                () -> {
                  meet(barrier);
                  actor2();
                });
        meet(barrier);
        stagger(round);
        actor1();
        second.get(60, TimeUnit.SECONDS);
        outcomes.merge(outcome(), 1, Integer::sum);
      }
    } finally {
      other.shutdownNow();
    }
    assertThat(Set.of(allowed)).as("outcomes %s", outcomes).containsAll(outcomes.keySet());
  }

  private static void meet(AtomicInteger barrier) {
    barrier.decrementAndGet();
    for (int looks = 0; barrier.get() != 0; looks++) {
      if (looks < 1_000) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(1_000); // the other one waits for a processor
      }
    }
  }

  /** Shifts the first actor against the second by a little more each round, and starts over. */
  private static void stagger(int round) {
    for (int i = 0; i < round % 64 * 4; i++) {
      Thread.onSpinWait();
    }
  }
}
