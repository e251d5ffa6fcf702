package dev.presence.internal;

import dev.presence.internal.chronicle.ChronicleStore;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.jvm.ChronicleVersions;
import dev.presence.internal.lockfree.LayoutProbe;
import dev.presence.internal.lockfree.LockFreeStore;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.StampStore;

/**
 * Opens a store: reserves the memory, tries everything out on a sample of it, and chooses between
 * the lock-free store and the one that goes through Chronicle's API.
 */
final class StoreOpener {

  /** The system property that can turn the lock-free store off. */
  static final String STORE_PROPERTY = "dev.presence.store";

  /** The value of {@link #STORE_PROPERTY} that does. */
  static final String LOCKED = "locked";

  private StoreOpener() {}

  /**
   * Opens an empty store.
   *
   * @param name the name of the instance
   * @param limit what to warn about
   * @param clock what the store will be used with; not read here
   */
  static StampStore open(String name, long maxUsers, MemoryLimit limit, EpochClock clock) {
    try {
      UserMap map = UserMap.open(name, maxUsers);
      try {
        limit.warnIfBelow(map.offHeapBytes());
        return map.withSample(sample -> choose(map, sample, clock));
      } catch (Throwable e) {
        closeAfter(e, map);
        throw e;
      }
    } catch (LinkageError e) {
      throw ChronicleVersions.misfit(e);
    }
  }

  private static StampStore choose(UserMap map, UserMap sample, EpochClock clock) {
    ChronicleStore chronicle = new ChronicleStore(sample);
    StoreTrial.run(chronicle);
    boolean isLockFree =
        !LOCKED.equals(System.getProperty(STORE_PROPERTY)) && LayoutProbe.passes(map, sample);
    Rehearsal.run(isLockFree ? new LockFreeStore(sample) : chronicle, clock);
    return isLockFree ? new LockFreeStore(map) : new ChronicleStore(map);
  }

  /** Closing may fail, too, where classes fail to link. */
  private static void closeAfter(Throwable failure, UserMap map) {
    try {
      map.close();
    } catch (Throwable e) {
      failure.addSuppressed(e);
    }
  }
}
