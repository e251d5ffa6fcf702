package dev.presence.jmh;

/** Who listens while a benchmark runs: a benchmark's {@code @Param}. */
public enum Subscribers {
  /** No subscription, so the library has no thread for it either. */
  NOBODY("nobody"),

  /** One subscription of everybody. */
  EVERYBODY("1 of everybody"),

  /** Friends lists: 1,000 subscriptions of 300 users each. */
  FRIENDS("1,000 of 300 users");

  private final String label;

  Subscribers(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
