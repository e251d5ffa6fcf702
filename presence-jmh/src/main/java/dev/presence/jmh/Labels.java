package dev.presence.jmh;

import java.util.Locale;

/** How tables and charts name things. */
public final class Labels {

  private Labels() {}

  static String of(Store store) {
    return switch (store) {
      case PRESENCE -> "presence";
      case HPPC -> "HPPC (one thread)";
      case CHRONICLE -> "Chronicle Map";
      case CHRONICLE_DATA -> "Chronicle Map (no boxing)";
      case CONCURRENT_HASH_MAP -> "ConcurrentHashMap";
      case CAFFEINE -> "Caffeine";
    };
  }

  static String users(int users) {
    return String.format(Locale.ROOT, "%,d users", users);
  }

  /** Few digits for a figure of any size: none after the point where they would be noise. */
  public static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }
}
