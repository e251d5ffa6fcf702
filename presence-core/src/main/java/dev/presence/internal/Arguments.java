package dev.presence.internal;

import dev.presence.internal.store.Stamp;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** Checks arguments. A message states the rule, then the value that breaks it. */
final class Arguments {

  private static final Duration ONE_SECOND = Duration.ofSeconds(1);

  private Arguments() {}

  static void checkEpochSecond(long epochSecond) {
    if (epochSecond < Stamp.FIRST) {
      throw new IllegalArgumentException(
          "epochSecond must be >= " + Stamp.FIRST + ": epochSecond=" + epochSecond);
    }
    if (epochSecond > Stamp.LAST) {
      throw new IllegalArgumentException(
          "epochSecond must be <= " + Stamp.LAST + ": epochSecond=" + epochSecond);
    }
  }

  static void checkSeconds(String name, Duration value) {
    Objects.requireNonNull(value, name);
    if (value.compareTo(ONE_SECOND) < 0) {
      throw new IllegalArgumentException(name + " must be >= PT1S: " + name + "=" + value);
    }
    if (!value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException(name + " must be whole seconds: " + name + "=" + value);
    }
  }

  static void checkWindow(Duration window, Duration retention) {
    checkSeconds("window", window);
    if (window.compareTo(retention) > 0) {
      throw new IllegalArgumentException(
          "window must be <= retention: window=" + window + " retention=" + retention);
    }
  }

  static void checkLength(String name, int length, int userIds) {
    if (length < userIds) {
      throw new IllegalArgumentException(
          name
              + ".length must be >= userIds.length: "
              + name
              + ".length="
              + length
              + " userIds.length="
              + userIds);
    }
  }

  static void checkNotSame(long[] userIds, long[] epochSeconds) {
    if (userIds == epochSeconds) {
      throw new IllegalArgumentException(
          "epochSeconds must not be the array userIds: epochSeconds.length=" + epochSeconds.length);
    }
  }
}
