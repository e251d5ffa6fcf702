package dev.presence.jmh.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as tables and charts show them. */
public final class Numbers {

  /** In place of a number that is missing. */
  public static final String NOT_MEASURED = "not measured";

  private Numbers() {}

  /** Three digits or so, whatever the size. */
  public static String few(double value) {
    double size = Math.abs(value);
    return format(size < 10 ? "%.2f" : size < 100 ? "%.1f" : "%,.0f", value);
  }

  /** Three digits or so, if there is a number. */
  public static String few(OptionalDouble value) {
    return value.isPresent() ? few(value.getAsDouble()) : NOT_MEASURED;
  }

  /** A text with numbers that reads the same in every locale. */
  public static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
