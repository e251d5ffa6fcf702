package dev.presence.internal;

import java.util.stream.LongStream;

/**
 * Checks at open that the map's memory is what {@link MapLayout} says: what Chronicle Map inserts
 * is found and removed directly, and the other way round. Runs each path of the store once, too,
 * before the application does.
 */
final class LayoutProbe {

  private static final int USERS = 32;
  private static final long ABSENT = 0x5DEE_CE66_D1CE_4E5BL;

  private final LockFreeStore store;
  private final ChronicleStore chronicle;
  private final long[] userIds;

  private LayoutProbe(LockFreeStore store, ChronicleStore chronicle) {
    this.store = store;
    this.chronicle = chronicle;
    int users = (int) Math.min(USERS, chronicle.users().maxUsers());
    this.userIds = LongStream.range(0, users).map(LayoutProbe::userId).toArray();
  }

  /** Whether everything is where it should be; the store is empty before and after. */
  static boolean passes(LockFreeStore store, ChronicleStore chronicle) {
    LayoutProbe probe = new LayoutProbe(store, chronicle);
    return probe.findsAndRemovesWhatChronicleInserts() && probe.insertsWhatChronicleFinds();
  }

  private boolean findsAndRemovesWhatChronicleInserts() {
    boolean passes = true;
    for (int i = 0; i < userIds.length; i++) {
      chronicle.raise(userIds[i], stamp(i));
    }
    for (int i = 0; i < userIds.length && passes; i++) {
      long address = store.find(userIds[i]);
      passes = address == chronicle.addressOf(userIds[i]) && RawMemory.getInt(address) == stamp(i);
    }
    passes = passes && store.find(ABSENT) == 0 && versionsAreZero();
    if (!passes) {
      removeByChronicle();
      return false;
    }
    for (long userId : userIds) {
      store.forget(userId);
    }
    return store.removeForgotten(userIds, userIds.length) == userIds.length && nobodyIsFound();
  }

  private boolean insertsWhatChronicleFinds() {
    boolean passes = true;
    for (int i = 0; i < userIds.length && passes; i++) {
      passes = store.raise(userIds[i], stamp(i)) && chronicle.stampOf(userIds[i]) == stamp(i);
    }
    removeByChronicle();
    return passes && nobodyIsFound();
  }

  private void removeByChronicle() {
    for (long userId : userIds) {
      chronicle.remove(userId);
    }
  }

  private boolean nobodyIsFound() {
    for (long userId : userIds) {
      if (store.find(userId) != 0 || chronicle.stampOf(userId) != Stamp.NONE) {
        return false;
      }
    }
    return chronicle.users().tracked() == 0;
  }

  private boolean versionsAreZero() {
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
