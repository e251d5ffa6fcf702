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
import java.util.function.Supplier;

/**
 * Two actions that race on one presence, round after round. Each round sets up, releases both
 * actors from a barrier at the same moment, and describes the outcome in words.
 *
 * <p>{@code -Dpresence.pair.rounds=…} sets the number of rounds.
 */
public abstract class ActorPair {

  private static final int ROUNDS = Integer.getInteger("presence.pair.rounds", 5_000);

  private int rounds = ROUNDS;

  /** Runs a pair whose parts are lambdas; {@code divisor} lets it run fewer rounds. */
  public static void race(
      int divisor,
      Runnable setup,
      Runnable actor1,
      Runnable actor2,
      Supplier<String> outcome,
      String... allowed)
      throws Exception {
    new ActorPair() {
      @Override
      void setup() {
        setup.run();
      }

      @Override
      void actor1() {
        actor1.run();
      }

      @Override
      void actor2() {
        actor2.run();
      }

      @Override
      String outcome() {
        return outcome.get();
      }
    }.rounds(ROUNDS / divisor).run(allowed);
  }

  /** Sets another number of rounds, for a pair whose rounds are expensive. */
  final ActorPair rounds(int number) {
    rounds = number;
    return this;
  }

  /** Prepares a round. */
  abstract void setup();

  abstract void actor1();

  abstract void actor2();

  /** Says in words what happened. */
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
        LockSupport.parkNanos(1_000); // the other actor may be waiting for a processor
      }
    }
  }

  /** Delays the first actor a little more each round, and starts over after 64 rounds. */
  private static void stagger(int round) {
    for (int i = 0; i < round % 64 * 4; i++) {
      Thread.onSpinWait();
    }
  }
}
