package dev.presence.jmh;

/** Which heartbeats a benchmark makes: its {@code @Param}. */
public enum Beats {
  /** Users who are online, one by one. */
  HEARTBEAT("heartbeat"),

  /** Users who are online, a hundred at once. */
  HEARTBEATS_100("heartbeats 100"),

  /** Users who are offline and known, a hundred at once. */
  COMEBACK("comebacks 100"),

  /** Users who are not known, one by one. */
  NEW_USER("new user");

  private final String label;

  Beats(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Opens the load, with so many users. */
  TransitionLoad open(int users) {
    return switch (this) {
      case HEARTBEAT -> new KnownUsers(users, false);
      case HEARTBEATS_100 -> new KnownUsers(users, true);
      case COMEBACK -> new Comebacks(users);
      case NEW_USER -> new NewUsers(users);
    };
  }
}
