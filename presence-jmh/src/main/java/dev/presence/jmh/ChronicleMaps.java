package dev.presence.jmh;

import dev.presence.Presence;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;

/** Opens Chronicle Map for the rivals that use it directly. */
final class ChronicleMaps {

  private ChronicleMaps() {}

  /**
   * A map sized for this many users, with the checksums of files left out and with {@code put} not
   * reading the old value.
   */
  static ChronicleMap<Long, Integer> open(int users) {
    openTheJdk();
    return ChronicleMapBuilder.of(Long.class, Integer.class)
        .name("rival")
        .entries(users)
        .checksumEntries(false)
        .putReturnsNull(true)
        .create();
  }

  /**
   * Chronicle alone needs JVM options that open parts of the JDK to it. Presence does that by
   * itself, for the whole process, when the first store opens; so one is opened, and closed.
   */
  private static void openTheJdk() {
    Presence.builder().maxUsers(1).open().close();
  }
}
