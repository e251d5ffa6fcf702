package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder whose owner is killed again and again, and what it must hold: what it held before, and
 * every heartbeat that had returned in a second before the one in which the newest snapshot was
 * begun or, where the log tells, before that snapshot was begun. And nothing else: nobody who was
 * never recorded, no stamp later than the last heartbeat.
 */
final class CrashedFolder {

  private static final Pattern SNAPSHOT = Pattern.compile("snapshot\\.(\\d+)");

  private final Path folder;
  private Map<Long, Long> stamps = new HashMap<>();

  CrashedFolder(Path folder) {
    this.folder = folder;
  }

  /** Whether heartbeats had returned before the newest snapshot was begun, as the log tells. */
  boolean hasDue(CrashLog.Content log) throws IOException {
    OptionalLong newest = newest(folder);
    return newest.isPresent() && log.returned.getOrDefault(newest.getAsLong(), 0) > 0;
  }

  /**
   * Checks a copy of the folder, so that the next owner finds all that the dead one left behind.
   *
   * @return how many heartbeats had to be there
   */
  long check(CrashLog.Content log, long killedSecond, Path copy) throws IOException {
    copyTo(copy);
    OptionalLong newest = newest(copy);
    long begun =
        newest.isPresent()
            ? SnapshotContent.read(copy.resolve("snapshot." + newest.getAsLong())).second()
            : Long.MIN_VALUE;
    Map<Long, Long> least = new HashMap<>(stamps);
    Map<Long, Long> most = new HashMap<>(stamps);
    long due = 0;
    int returned = log.returned.getOrDefault(newest.orElse(-1), 0);
    for (CrashLog.Entry entry : log.entries) {
      boolean isDue = returned-- > 0 || (entry.hasReturned() && entry.after < begun);
      long latest = entry.hasReturned() ? entry.after : killedSecond;
      for (long userId : entry.userIds) {
        most.merge(userId, latest, Math::max);
        if (isDue) {
          least.merge(userId, entry.before, Math::max);
          due++;
        }
      }
    }
    stamps = load(copy);
    least.forEach(
        (userId, stamp) -> {
          if (stamps.getOrDefault(userId, 0L) < stamp) {
            throw new AssertionError(
                "lost: user=" + userId + " is=" + stamps.get(userId) + " recorded=" + stamp);
          }
        });
    stamps.forEach(
        (userId, stamp) -> {
          if (most.getOrDefault(userId, 0L) < stamp) {
            throw new AssertionError(
                "wrong: user=" + userId + " is=" + stamp + " recorded=" + most.get(userId));
          }
        });
    return due;
  }

  private static Map<Long, Long> load(Path copy) {
    Map<Long, Long> loaded = new HashMap<>();
    try (Presence presence =
        Presence.builder()
            .persistTo(copy)
            .maxUsers(400_000)
            .onlineWindow(Duration.ofDays(2))
            .sweepInterval(Duration.ZERO)
            .open()) {
      presence.forEachOnline(userId -> loaded.put(userId, presence.lastSeen(userId)));
      assertThat(presence.stats().trackedUsers()).isEqualTo(loaded.size());
      assertThat(presence.stats().damagedSnapshots()).isZero();
    }
    return loaded;
  }

  private void copyTo(Path copy) throws IOException {
    Files.createDirectory(copy);
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
  }

  private static OptionalLong newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> SNAPSHOT.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
          .max();
    }
  }
}
