package dev.presence.jmh.report;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/** Says how far a whole report is, and about how long the rest takes. */
public final class Progress {

  private final PrintStream out;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private final int parts;
  private final int measurements;
  private final double plannedSeconds;
  private int part;
  private int done;

  /**
   * Starts the clock.
   *
   * @param parts number of parts of the report
   * @param measurements number of measurements in all parts
   * @param plannedSeconds expected duration of the report
   */
  public Progress(
      PrintStream out, LongSupplier nanoClock, int parts, int measurements, double plannedSeconds) {
    this.out = out;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.parts = parts;
    this.measurements = measurements;
    this.plannedSeconds = plannedSeconds;
  }

  public void nextPart(String title) {
    part++;
    out.printf("%n# Part %d of %d: %s%n", part, parts, title);
  }

  public void nextMeasurement(String title) {
    out.printf("# %d of %d, %s left: %s%n", done + 1, measurements, timeLeft(), title);
    done++;
  }

  void message(String text) {
    out.println(text);
  }

  /**
   * From the plan at the beginning and from the time so far at the end. Measurements differ much in
   * length, so the first ones alone say little about the others.
   */
  private String timeLeft() {
    double share = Math.min((double) done / measurements, 1);
    double elapsedSeconds = (nanoClock.getAsLong() - startNanos) / 1e9;
    double measured = done == 0 ? plannedSeconds : elapsedSeconds / share;
    double wholeSeconds = plannedSeconds * (1 - share) + measured * share;
    long seconds = Math.round(wholeSeconds * (1 - share));
    return seconds < 90 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
  }
}
