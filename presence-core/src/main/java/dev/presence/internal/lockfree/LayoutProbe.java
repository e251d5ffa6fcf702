package dev.presence.internal.lockfree;

import dev.presence.internal.chronicle.ChronicleStore;
import dev.presence.internal.chronicle.MapLayout;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.store.Stamp;
import java.util.stream.LongStream;

/**
 * Checks at open that the map's memory is what {@link MapLayout} says: this package finds and
 * removes what Chronicle Map inserts, and the other way round. The users that it takes for this are
 * inserted into a sample of the map and never into the map itself.
 */
public final class LayoutProbe {

  private static final int USERS = 32;
  private static final long ABSENT = 0x5DEE_CE66_D1CE_4E5BL;

  private final LockFreeStore store;
  private final ChronicleStore chronicle;
  private final long[] userIds;

  private LayoutProbe(UserMap sample) {
    this.store = new LockFreeStore(sample);
    this.chronicle = new ChronicleStore(sample);
    int users = (int) Math.min(USERS, sample.users().maxUsers());
    this.userIds = LongStream.range(0, users).map(LayoutProbe::userId).toArray();
  }

  /**
   * Whether a {@link LockFreeStore} can work on this map. Only reads it.
   *
   * @param map a new map
   * @param sample a sample of it, empty before and after; nobody else uses it meanwhile
   */
  public static boolean passes(UserMap map, UserMap sample) {
    MapLayout layout = map.layout();
    return layout.isSupported()
        && layout.isShapedLike(sample.layout())
        && versionsAreZero(layout)
        && versionsAreZero(sample.layout())
        && new LayoutProbe(sample).passes();
  }

  private static boolean versionsAreZero(MapLayout layout) {
    for (int segment = 0; segment < layout.segments(); segment++) {
      if (RawMemory.getInt(layout.version(segment)) != 0) {
        return false;
      }
    }
    return true;
  }

  private boolean passes() {
    return findsAndRemovesWhatChronicleInserts() && insertsWhatChronicleFinds();
  }

  private boolean findsAndRemovesWhatChronicleInserts() {
    for (int i = 0; i < userIds.length; i++) {
      chronicle.raise(userIds[i], stamp(i));
    }
    boolean passes = store.find(ABSENT) == 0;
    for (int i = 0; i < userIds.length && passes; i++) {
      long address = store.find(userIds[i]);
      passes = address == chronicle.addressOf(userIds[i]) && RawMemory.getInt(address) == stamp(i);
    }
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

  private static long userId(long i) {
    return (i + 1) * 0x9E37_79B9_7F4A_7C15L;
  }

  private static int stamp(int i) {
    return 0x8000_0000 + 77 * i; // negative as a signed number
  }
}
