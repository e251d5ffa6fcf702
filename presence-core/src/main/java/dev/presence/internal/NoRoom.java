package dev.presence.internal;

import java.util.Arrays;

/** The users of a batch who found no room. Made only when there is one. */
final class NoRoom {

  long[] userIds = new long[16];
  int count;

  /** Adds to a list, or to a new one. */
  static NoRoom add(NoRoom list, long userId) {
    NoRoom result = list == null ? new NoRoom() : list;
    if (result.count == result.userIds.length) {
      result.userIds = Arrays.copyOf(result.userIds, 2 * result.count);
    }
    result.userIds[result.count++] = userId;
    return result;
  }
}
