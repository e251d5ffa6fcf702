package dev.presence.jmh;

import java.util.function.LongToIntFunction;

/**
 * The order in which a {@code ConcurrentHashMap} is best filled: that of its own table. The memory
 * of a new object follows that of the one before it, so that the nodes of a bin, which a search
 * reads one after the other, are neighbours, each beside its key.
 */
final class TableOrder {

  private static final double LOAD_FACTOR = 0.75;

  private TableOrder() {}

  /**
   * The bin of each user in a map that was sized for {@code users}, by the rules of the JDK. By
   * other rules, the map would be filled in another order and still hold the same users.
   */
  static LongToIntFunction of(int users) {
    int lastBin = (Integer.highestOneBit((int) (1 + users / LOAD_FACTOR) - 1) << 1) - 1;
    return userId -> {
      int hash = Long.hashCode(userId);
      return (hash ^ (hash >>> 16)) & lastBin;
    };
  }
}
