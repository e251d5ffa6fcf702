package dev.presence.jmh;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What measurements without and with something, in turns, say about the difference. Each one with
 * it is divided by the mean of the two beside it, so that nothing that changes slowly matters.
 */
final class Turns {

  private final double[] without;
  private final double[] with;
  private final double[] ratios;

  /**
   * Puts together what several JVMs have measured.
   *
   * @param jvms the values of each in their order: every second one is with it, never the last
   */
  Turns(List<double[]> jvms) {
    without = each(jvms, 0, (values, i) -> values[i]);
    with = each(jvms, 1, (values, i) -> values[i]);
    ratios = each(jvms, 1, (values, i) -> 2 * values[i] / (values[i - 1] + values[i + 1]));
  }

  private interface Value {
    double of(double[] values, int i);
  }

  private static double[] each(List<double[]> jvms, int first, Value value) {
    return jvms.stream()
        .flatMapToDouble(
            values ->
                IntStream.iterate(first, i -> i < values.length, i -> i + 2)
                    .mapToDouble(i -> value.of(values, i)))
        .toArray();
  }

  double without() {
    return median(without);
  }

  double with() {
    return median(with);
  }

  double ratio() {
    return median(ratios);
  }

  /** The lower end of the interval that holds the true median in 95 of 100 reports. */
  double lowest() {
    return sorted(ratios)[rank()];
  }

  /** The upper end of that interval. */
  double highest() {
    return sorted(ratios)[ratios.length - 1 - rank()];
  }

  /** How many ratios are below the interval: by the binomial distribution, nearly normal. */
  private int rank() {
    double below = ratios.length / 2.0 - 0.98 * Math.sqrt(ratios.length);
    return (int) Math.max(0, Math.floor(below));
  }

  /** The value in the middle, or the mean of the two there. */
  static double median(double[] values) {
    double[] sorted = sorted(values);
    return (sorted[(values.length - 1) / 2] + sorted[values.length / 2]) / 2;
  }

  static double most(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }
}
