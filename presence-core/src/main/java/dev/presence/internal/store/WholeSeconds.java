package dev.presence.internal.store;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** Checks durations that ages of stamps are compared with. */
public final class WholeSeconds {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofSeconds(Stamp.LAST);

  private WholeSeconds() {}

  /**
   * Checks that a duration is whole seconds, and at least one.
   *
   * @param subject what the message says the rule is about
   * @param name the name of the parameter
   */
  public static void check(String subject, String name, Duration value) {
    Objects.requireNonNull(value, name);
    if (value.compareTo(SHORTEST) < 0) {
      throw broken(subject + " must be >= " + SHORTEST, name, value);
    }
    if (!value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
      throw broken(subject + " must be whole seconds", name, value);
    }
  }

  /** Checks the same, and that no stamp is older than the duration. */
  public static void checkUpToLongest(String subject, String name, Duration value) {
    check(subject, name, value);
    if (value.compareTo(LONGEST) > 0) {
      throw broken(subject + " must be <= " + LONGEST, name, value);
    }
  }

  private static IllegalArgumentException broken(String rule, String name, Duration value) {
    return new IllegalArgumentException(rule + ": " + name + "=" + value);
  }
}
