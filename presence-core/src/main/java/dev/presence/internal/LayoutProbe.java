package dev.presence.internal;

import java.util.stream.LongStream;

/**
 * Checks at open that the map's memory is what {@link MapLayout} says: users are inserted and
 * removed through Chronicle's API and looked for directly.
 */
final class LayoutProbe {

  private static final int USERS = 32;
  private static final long ABSENT = 0x5DEE_CE66_D1CE_4E5BL;

  private LayoutProbe() {}

  /** Whether everything is where it should be; the store is empty before and after. */
  static boolean passes(LockFreeStore store, ChronicleStore locked) {
    int users = (int) Math.min(USERS, locked.users().maxUsers());
    long[] userIds = LongStream.range(0, users).map(LayoutProbe::userId).toArray();
    boolean passes = true;
    for (int i = 0; i < users; i++) {
      locked.raise(userIds[i], stamp(i));
    }
    for (int i = 0; i < users && passes; i++) {
      long address = store.find(userIds[i]);
      passes = address == locked.addressOf(userIds[i]) && RawMemory.getInt(address) == stamp(i);
    }
    passes = passes && store.find(ABSENT) == 0;
    for (int i = 0; i < users; i++) {
      locked.lower(userIds[i], Stamp.NONE);
    }
    locked.removeMarked(userIds, users);
    for (int i = 0; i < users && passes; i++) {
      passes = store.find(userIds[i]) == 0;
    }
    return passes && versionsAreZero(store);
  }

  private static boolean versionsAreZero(LockFreeStore store) {
    for (int segment = 0; segment < store.segments(); segment++) {
      if (!store.isAtRest(segment)) {
        return false;
      }
    }
    return true;
  }

  private static long userId(long i) {
    return (i + 1) * 0x9E37_79B9_7F4A_7C15L;
  }

  private static int stamp(int i) {
    return 0x8000_0000 + 77 * i; // an unsigned one
  }
}
