package dev.presence.jmh;

import java.util.SplittableRandom;

/**
 * Ranks by Zipf's law: rank {@code r}, from 0, is drawn in proportion to {@code 1 / (r + 1)^0.99},
 * which is the usual skew of benchmarks of key-value stores. Among a million users the most popular
 * one then takes about 6.5 % of the questions, and the first thousand about half.
 *
 * <p>Rejection-inversion after Hörmann and Derflinger (1996): exact, without a table, in about one
 * attempt a rank.
 */
final class Zipf {

  private static final double SKEW = 0.99;

  private final int ranks;
  private final double low;
  private final double high;
  private final double always;

  Zipf(int ranks) {
    this.ranks = ranks;
    this.low = integral(1.5) - 1;
    this.high = integral(ranks + 0.5);
    this.always = 2 - inverse(integral(2.5) - weight(2));
  }

  int next(SplittableRandom random) {
    while (true) {
      double area = high + random.nextDouble() * (low - high);
      double x = inverse(area);
      int k = (int) Math.min(Math.max(Math.round(x), 1), ranks);
      if (k - x <= always || area >= integral(k + 0.5) - weight(k)) {
        return k - 1;
      }
    }
  }

  private static double weight(double x) {
    return Math.pow(x, -SKEW);
  }

  /** The integral of {@link #weight} from 1. */
  private static double integral(double x) {
    return (Math.pow(x, 1 - SKEW) - 1) / (1 - SKEW);
  }

  private static double inverse(double area) {
    return Math.pow(1 + area * (1 - SKEW), 1 / (1 - SKEW));
  }
}
