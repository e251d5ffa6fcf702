package dev.presence.internal.replication;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Who sent a heartbeat to this node while the outbox was off, as one bit for many users: it may say
 * yes of one who did not, and never no of one who did. Safe for use by many threads.
 */
final class MissedUsers {

  private static final int BITS = 1 << 20;

  private final AtomicLongArray words = new AtomicLongArray(BITS / Long.SIZE);

  void add(long userId) {
    int bit = bitOf(userId);
    long mask = 1L << bit;
    if ((words.get(bit >>> 6) & mask) == 0) {
      words.accumulateAndGet(bit >>> 6, mask, (word, other) -> word | other);
    }
  }

  boolean mayHave(long userId) {
    int bit = bitOf(userId);
    return (words.get(bit >>> 6) & (1L << bit)) != 0;
  }

  void clear() {
    for (int i = 0; i < words.length(); i++) {
      words.set(i, 0);
    }
  }

  private static int bitOf(long userId) {
    return (int) ((userId * 0x9E3779B97F4A7C15L) >>> 32) & (BITS - 1);
  }
}
