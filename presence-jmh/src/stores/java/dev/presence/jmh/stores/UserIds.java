package dev.presence.jmh.stores;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Splits batches for stores that limit their size and refuse duplicates. */
final class UserIds {

  private UserIds() {}

  /**
   * Passes on each id once, in ascending order, in parts up to a limit. All callers have the same
   * order, so that two batches never wait for each other's rows.
   */
  static void forEachPart(long[] userIds, int limit, Consumer<long[]> action) {
    long[] distinct = LongStream.of(userIds).sorted().distinct().toArray();
    for (int first = 0; first < distinct.length; first += limit) {
      action.accept(Arrays.copyOfRange(distinct, first, Math.min(first + limit, distinct.length)));
    }
  }

  /** Answers in the caller's order; a user without a stamp is offline. */
  static boolean[] answers(
      long[] userIds, Map<Long, Long> stamps, StoreSettings settings, long nowSecond) {
    boolean[] online = new boolean[userIds.length];
    for (int i = 0; i < online.length; i++) {
      Long stamp = stamps.get(userIds[i]);
      online[i] = stamp != null && settings.isOnline(stamp, nowSecond);
    }
    return online;
  }
}
