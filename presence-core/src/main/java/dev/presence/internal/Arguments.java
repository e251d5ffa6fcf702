package dev.presence.internal;

import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.WholeSeconds;
import java.time.Duration;

/** Checks arguments. A message states the rule, then the value that breaks it. */
final class Arguments {

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

  static void checkWindow(Duration window, Duration retention) {
    WholeSeconds.check("window", "window", window);
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
