package dev.presence.jmh;

/** The contenders, in the order of every table and chart: a benchmark's {@code @Param}. */
public enum ContenderType {
  /** This library as it ships. */
  PRESENCE,

  /** The limit: a table of primitives without synchronisation, for one thread only. */
  HPPC,

  /** An off-heap map through {@code get} and {@code put}. */
  CHRONICLE,

  /** An off-heap map through its query contexts, without boxing. */
  CHRONICLE_DATA,

  /** What a service writes for itself. */
  CONCURRENT_HASH_MAP,

  /** The same after a full garbage collection. */
  CONCURRENT_HASH_MAP_AFTER_GC,

  /** The same with a mutable object for each stamp, which a heartbeat need not replace. */
  CONCURRENT_HASH_MAP_OF_CELLS,

  /** A cache whose entries expire. */
  CAFFEINE;

  /** Whether every user is two objects on the Java heap or more. */
  boolean isOnHeap() {
    return switch (this) {
      case CONCURRENT_HASH_MAP,
          CONCURRENT_HASH_MAP_AFTER_GC,
          CONCURRENT_HASH_MAP_OF_CELLS,
          CAFFEINE ->
          true;
      case PRESENCE, HPPC, CHRONICLE, CHRONICLE_DATA -> false;
    };
  }

  /** Whether more than one thread may use the contender at the same time. */
  boolean isThreadSafe() {
    return this != HPPC;
  }

  /**
   * Opens an empty contender.
   *
   * @param users number of users to come, for those that can be sized in advance
   * @param clock the clock of all contenders
   * @param threads number of threads that will use it
   */
  Contender open(int users, BenchmarkClock clock, int threads) {
    if (threads > 1 && !isThreadSafe()) {
      throw new IllegalArgumentException(
          "threads must be 1 without synchronisation: contender=" + this + " threads=" + threads);
    }
    return switch (this) {
      case PRESENCE -> new PresenceContender(users, clock);
      case HPPC -> new HppcContender(users, clock);
      case CHRONICLE -> new ChronicleContender(users, clock);
      case CHRONICLE_DATA -> new ChronicleDataContender(users, clock);
      case CONCURRENT_HASH_MAP -> new ConcurrentHashMapContender(users, clock, false);
      case CONCURRENT_HASH_MAP_AFTER_GC -> new ConcurrentHashMapContender(users, clock, true);
      case CONCURRENT_HASH_MAP_OF_CELLS -> new CellMapContender(users, clock);
      case CAFFEINE -> new CaffeineContender(users, clock);
    };
  }
}
