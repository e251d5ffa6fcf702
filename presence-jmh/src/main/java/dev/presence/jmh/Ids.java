package dev.presence.jmh;

import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.apache.commons.rng.sampling.distribution.RejectionInversionZipfSampler;

/** How often each user is asked for: a benchmark's {@code @Param}. */
public enum Ids {
  /** Everybody equally often, which is hardest on the caches. */
  UNIFORM {
    @Override
    IntSupplier among(int users, SplittableRandom random) {
      return () -> random.nextInt(users);
    }
  },

  /**
   * A few users often and most of them hardly ever, by Zipf's law: the user of rank {@code r} in
   * proportion to {@code 1 / r^0.99}, the usual skew of benchmarks of key-value stores. Among a
   * million users the first takes 6.5 % of the questions, and the first thousand about half.
   */
  ZIPF {
    @Override
    IntSupplier among(int users, SplittableRandom random) {
      var ranks = RejectionInversionZipfSampler.of(random::nextLong, users, SKEW);
      // Users of neighbouring ranks must not be neighbours in memory.
      return () -> Users.scattered(ranks.sample() - 1, users);
    }
  };

  private static final double SKEW = 0.99;

  /** Draws numbers below {@code users}. */
  abstract IntSupplier among(int users, SplittableRandom random);
}
