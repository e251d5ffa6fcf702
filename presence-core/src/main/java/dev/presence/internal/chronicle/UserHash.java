package dev.presence.internal.chronicle;

import net.openhft.chronicle.algo.hashing.LongHashFunction;

/** The hash by which a map finds a user. */
public final class UserHash {

  private static final LongHashFunction FUNCTION = LongHashFunction.xx_r39();

  private UserHash() {}

  public static long of(long userId) {
    return FUNCTION.hashLong(userId);
  }
}
