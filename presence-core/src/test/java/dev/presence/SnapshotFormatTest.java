package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Snapshots that a presence has written are what the text of the package says: {@link
 * SnapshotContent} knows nothing else.
 */
class SnapshotFormatTest {

  private static final long NOW = 3_000_000_000L; // no int
  private static final int USERS = 60_000; // several blocks

  @TempDir private Path folder;

  @Test
  void snapshots_ofThePresence_areReadFromTheTextAlone() throws Exception {
    Map<Long, Long> expected = new HashMap<>();
    try (Presence presence = builder().snapshotInterval(Duration.ofSeconds(1)).open()) {
      recordAll(presence, expected);
      long before = presence.stats().snapshots();
      Await.until("a snapshot begun from now on", () -> presence.stats().snapshots() > before + 1);
      // Stays: the last snapshot keeps the one before.
    }
    long newest = newest();

    SnapshotContent byKeeper = SnapshotContent.read(folder.resolve("snapshot." + (newest - 1)));
    assertThat(byKeeper).isEqualTo(content(false, newest - 1, expected));
    assertThat(Files.size(folder.resolve("snapshot." + newest)) / (double) USERS)
        .as("bytes a user")
        .isLessThanOrEqualTo(12.1);
    SnapshotContent byClose = SnapshotContent.read(folder.resolve("snapshot." + newest));
    assertThat(byClose).isEqualTo(content(true, newest, expected));
  }

  @Test
  void snapshot_ofNobody_hasOneBlock() throws Exception {
    builder().open().close();

    assertThat(SnapshotContent.read(folder.resolve("snapshot.0")))
        .isEqualTo(new SnapshotContent(header(true, 0), NOW, 1, Map.of()));
  }

  private static SnapshotContent content(boolean clean, long number, Map<Long, Long> stamps) {
    return new SnapshotContent(header(clean, number), NOW, 4, stamps);
  }

  private static String header(boolean clean, long number) {
    return "clean=" + clean + " number=" + number + " window=60 retention=86400";
  }

  private static void recordAll(Presence presence, Map<Long, Long> expected) {
    SplittableRandom random = new SplittableRandom(10);
    for (long id : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, -1, 0, 1, Integer.MIN_VALUE}) {
      expected.put(id, NOW - 86_399);
    }
    while (expected.size() < USERS) {
      expected.put(random.nextLong(), NOW - random.nextInt(86_400));
    }
    expected.forEach(presence::recordHeartbeat);
  }

  private long newest() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("snapshot."))
          .mapToLong(name -> Long.parseLong(name.substring("snapshot.".length())))
          .max()
          .orElseThrow();
    }
  }

  private PresenceBuilder builder() {
    return Presence.builder()
        .persistTo(folder)
        .maxUsers(100_000)
        .onlineWindow(Duration.ofMinutes(1))
        .retention(Duration.ofDays(1))
        .sweepInterval(Duration.ZERO)
        .clock(new ManualClock(NOW));
  }
}
