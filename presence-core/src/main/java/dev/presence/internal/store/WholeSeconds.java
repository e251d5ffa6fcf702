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
    checkAtLeast(SHORTEST, subject, name, value);
  }

  /** Checks the same, and that no stamp is older than the duration. */
  public static void checkUpToLongest(String subject, String name, Duration value) {
    check(subject, name, value);
    checkAtMost(LONGEST, subject, name, value);
  }

  /** Checks that a duration is whole seconds, or zero, and at most the longest. */
  public static void checkFromZero(String name, Duration value, Duration longest) {
    checkAtLeast(Duration.ZERO, name, name, value);
    checkAtMost(longest, name, name, value);
  }

  private static void checkAtLeast(Duration shortest, String subject, String name, Duration value) {
    Objects.requireNonNull(value, name);
    if (value.compareTo(shortest) < 0) {
      throw broken(subject + " must be >= " + shortest, name, value);
    }
    if (!value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
      throw broken(subject + " must be whole seconds", name, value);
    }
  }

  private static void checkAtMost(Duration longest, String subject, String name, Duration value) {
    if (value.compareTo(longest) > 0) {
      throw broken(subject + " must be <= " + longest, name, value);
    }
  }

  private static IllegalArgumentException broken(String rule, String name, Duration value) {
    return new IllegalArgumentException(rule + ": " + name + "=" + value);
  }
}
