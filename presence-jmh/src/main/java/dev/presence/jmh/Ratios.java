package dev.presence.jmh;

import java.util.List;
import java.util.function.IntSupplier;

/**
 * A comparison in turns, with the interval that holds the true ratio in 95 of 100 reports.
 *
 * @param without the median without what is compared, in nanoseconds
 * @param with the median with it
 * @param ratio the median of with / without, each turn divided by those beside it
 */
public record Ratios(double without, double with, double ratio, double lowest, double highest) {

  /** What part of a turn comes before it, unmeasured. */
  private static final int LEAD_IN = 5;

  /** Of values that are, in turns, without and with it; see {@link Turns}. */
  public static Ratios of(double[] inTurns) {
    Turns turns = new Turns(List.of(inTurns));
    return new Ratios(
        turns.without(), turns.with(), turns.ratio(), turns.lowest(), turns.highest());
  }

  /** Runs one turn: nanoseconds for each unit of what a call says it has done. */
  public static double nanosPerUnit(long atLeastNanos, IntSupplier call) {
    double unused = measure(atLeastNanos / LEAD_IN, call);
    return measure(atLeastNanos, call);
  }

  private static double measure(long atLeastNanos, IntSupplier call) {
    long units = 0;
    long nanos;
    long startNanos = System.nanoTime();
    do {
      units += call.getAsInt();
      nanos = System.nanoTime() - startNanos;
    } while (nanos < atLeastNanos);
    return (double) nanos / units;
  }
}
