package dev.presence.jmh;

import java.util.SplittableRandom;

/** Who is asked about how often: a benchmark's {@code @Param}. */
public enum Ids {
  /** Everybody as often as anybody else: the hardest for the caches. */
  UNIFORM {
    @Override
    Popularity among(int users) {
      return random -> random.nextInt(users);
    }
  },

  /** Few are asked about often and most hardly ever: Zipf's law, as {@link Zipf} explains it. */
  ZIPF {
    @Override
    Popularity among(int users) {
      Zipf ranks = new Zipf(users);
      // Popular users must not be neighbours in memory because they were recorded one by one.
      return random -> Users.scattered(ranks.next(random), users);
    }
  };

  /** A random choice among the users with numbers below {@code users}. */
  abstract Popularity among(int users);

  /** Chooses one user. */
  interface Popularity {
    int next(SplittableRandom random);
  }
}
