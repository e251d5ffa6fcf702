package dev.presence.jmh;

import dev.presence.Presence;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/** Opens Chronicle Map for the contenders that use it directly. */
final class ChronicleMaps {

  private ChronicleMaps() {}

  /**
   * A map for this many users, as fast as it goes: without checksums, which only files need, and
   * with a {@code put} that does not read the old value.
   */
  static ChronicleMap<Long, Integer> open(int users) {
    openTheJdk();
    return create(users);
  }

  /** The same map in a JVM that has the options which it needs. */
  static ChronicleMap<Long, Integer> create(int users) {
    return ChronicleMapBuilder.of(Long.class, Integer.class)
        .name("contender")
        .entries(users)
        .checksumEntries(false)
        .putReturnsNull(true)
        .create();
  }

  /**
   * Chronicle Map needs parts of the JDK opened by JVM options. Presence opens them for the whole
   * process when its first instance opens, so this opens and closes one.
   */
  private static void openTheJdk() {
    Presence.builder().maxUsers(1).open().close();
  }
}
