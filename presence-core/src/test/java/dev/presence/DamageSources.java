package dev.presence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A folder with two snapshots, the states that they hold, and another application's folder with
 * snapshots of as many users and the same numbers.
 */
final class DamageSources {

  static final long NOW = 1_764_000_000L;

  private static final int USERS = 25_000; // two blocks

  private final Path mine;
  private final Path others;
  private final long[] userIds;
  private long[] older;
  private long[] newer;

  private DamageSources(Path work, SplittableRandom random) {
    mine = work.resolve("mine");
    others = work.resolve("others");
    Set<Long> distinct = new LinkedHashSet<>();
    while (distinct.size() < USERS) {
      distinct.add(random.nextLong());
    }
    userIds = distinct.stream().mapToLong(Long::longValue).toArray();
  }

  static DamageSources in(Path work) {
    DamageSources sources = new DamageSources(work, new SplittableRandom(10));
    // Half of them are older, and all are newer.
    sources.older = sources.write(sources.mine, NOW - 1_000, USERS / 2);
    sources.newer = sources.write(sources.mine, NOW - 500, USERS);
    sources.write(sources.others, NOW - 400, USERS / 2);
    sources.write(sources.others, NOW - 300, USERS);
    return sources;
  }

  /** Records the first users at this second and later; returns the state. */
  private long[] write(Path folder, long second, int count) {
    try (Presence presence = builder(folder).open()) {
      for (int i = 0; i < count; i++) {
        presence.recordHeartbeat(userIds[i], second + i % 50);
      }
      return presence.lastSeenOf(userIds);
    }
  }

  PresenceBuilder builder(Path folder) {
    return Presence.builder()
        .persistTo(folder)
        .maxUsers(USERS)
        .clock(new ManualClock(NOW))
        .retention(Duration.ofHours(1))
        .sweepInterval(Duration.ZERO)
        .snapshotInterval(Duration.ofDays(1));
  }

  /** A fresh copy of the folder with the two snapshots. */
  Path copyTo(Path folder) throws IOException {
    Files.createDirectory(folder);
    try (Stream<Path> files = Files.list(mine)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return folder;
  }

  /** A snapshot of the other application. */
  Path foreign(String name) {
    return others.resolve(name);
  }

  long[] userIds() {
    return userIds;
  }

  long[] older() {
    return older;
  }

  long[] newer() {
    return newer;
  }
}
