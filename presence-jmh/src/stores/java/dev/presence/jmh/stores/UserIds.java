package dev.presence.jmh.stores;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** What batches have in common where the store limits their size and refuses duplicates. */
final class UserIds {

  private UserIds() {}

  /**
   * Each id once, in ascending order, in parts that are not larger than a limit. The order is the
   * same for all callers, so that two batches never wait for each other's rows in turn.
   */
  static void forEachPart(long[] userIds, int limit, Consumer<long[]> action) {
    long[] distinct = LongStream.of(userIds).sorted().distinct().toArray();
    for (int first = 0; first < distinct.length; first += limit) {
      action.accept(Arrays.copyOfRange(distinct, first, Math.min(first + limit, distinct.length)));
    }
  }

  /** The answers in the caller's order. Who has no stamp is offline. */
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
