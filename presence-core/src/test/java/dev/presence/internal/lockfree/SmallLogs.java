package dev.presence.internal.lockfree;

import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.store.StampStore;

/** Opens stores whose logs soon overflow, for tests elsewhere. */
public final class SmallLogs {

  private SmallLogs() {}

  public static StampStore open(UserMap map, int logCapacity) {
    return new LockFreeStore(map, logCapacity, new BlockScan());
  }
}
