package dev.presence.jmh;

/** The stores that are compared: a benchmark's {@code @Param}, one class behind each. */
public enum Store {
  /** This library as it ships. */
  PRESENCE,

  /** What a service writes by itself. */
  CONCURRENT_HASH_MAP,

  /** A cache whose entries expire. */
  CAFFEINE,

  /** An off-heap map through {@code get} and {@code put}. */
  CHRONICLE,

  /** An off-heap map through its contexts, which box nothing. */
  CHRONICLE_DATA,

  /** The limit: a table of primitives with no synchronisation at all, for one thread only. */
  HPPC;

  /**
   * Opens an empty store.
   *
   * @param users how many will be recorded; whoever can be sized in advance, is
   * @param clock where all of them take the time from
   * @param threads how many threads will use it
   */
  Contender open(int users, BenchmarkClock clock, int threads) {
    if (this == HPPC && threads > 1) {
      throw new IllegalArgumentException(
          "threads must be 1 where nothing synchronises: store=" + this + " threads=" + threads);
    }
    return switch (this) {
      case PRESENCE -> new PresenceContender(users, clock);
      case CONCURRENT_HASH_MAP -> new ConcurrentHashMapContender(users, clock);
      case CAFFEINE -> new CaffeineContender(users, clock);
      case CHRONICLE -> new ChronicleContender(users, clock);
      case CHRONICLE_DATA -> new ChronicleDataContender(users, clock);
      case HPPC -> new HppcContender(users, clock);
    };
  }
}
