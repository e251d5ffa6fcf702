package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What survives {@code close()} and opening again. */
class PresenceSnapshotTest {

  private final ManualClock clock = new ManualClock(1_764_000_000L);

  @TempDir private Path parent;

  private Path folder() {
    return parent.resolve("stamps");
  }

  private PresenceBuilder builder() {
    return Presence.builder()
        .persistTo(folder())
        .maxUsers(1_000)
        .clock(clock)
        .retention(Duration.ofHours(1))
        .sweepInterval(Duration.ZERO);
  }

  @Test
  void open_afterClose_knowsEverybodyAgain() {
    try (Presence presence = builder().open()) {
      presence.recordHeartbeat(Long.MIN_VALUE, clock.nowSeconds() - 100);
      presence.recordHeartbeats(new long[] {-1, 0, 7});
      presence.disconnect(7);
    }
    try (Presence presence = builder().open()) {
      assertThat(presence.lastSeenOf(new long[] {Long.MIN_VALUE, -1, 0, 7, 8}))
          .containsExactly(
              clock.nowSeconds() - 100,
              clock.nowSeconds(),
              clock.nowSeconds(),
              clock.nowSeconds() - 30,
              Presence.NEVER);
      assertThat(presence.onlineCount()).isEqualTo(2);
      assertThat(presence.stats().trackedUsers()).isEqualTo(4);
      assertThat(presence.stats().damagedSnapshots()).isZero();
    }
  }

  @Test
  void open_stampsThatHaveReachedTheRetention_areLeftOut() {
    try (Presence presence = builder().open()) {
      presence.recordHeartbeat(1, clock.nowSeconds() - 3_599);
      presence.recordHeartbeat(2);
    }
    clock.advance(1);
    try (Presence presence = builder().open()) {
      assertThat(presence.lastSeen(1)).isEqualTo(Presence.NEVER);
      assertThat(presence.stats().trackedUsers()).isEqualTo(1);
    }
  }

  @Test
  void open_stampsInTheFuture_countAsNow() {
    try (Presence presence = builder().open()) {
      presence.recordHeartbeat(1);
    }
    clock.advance(-1_000);
    try (Presence presence = builder().open()) {
      assertThat(presence.lastSeen(1)).isEqualTo(clock.nowSeconds());
    }
  }

  @Test
  void open_smallerMaxUsers_loadsIfTheyFitAndElseChangesNothing() throws IOException {
    try (Presence presence = builder().open()) {
      presence.recordHeartbeats(new long[] {1, 2, 3});
    }
    List<String> before = names();

    assertThatThrownBy(() -> builder().maxUsers(2).open())
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxUsers must be >= the users in the snapshot: maxUsers=2 users=3");

    assertThat(names()).isEqualTo(before);
    try (Presence presence = builder().maxUsers(3).open()) {
      assertThat(presence.onlineCount()).isEqualTo(3);
    }
  }

  @Test
  void open_newestIsDamaged_setsItAsideAndTakesTheOneBefore() throws IOException {
    try (Presence presence = builder().open()) {
      presence.recordHeartbeat(1);
    }
    try (Presence presence = builder().open()) {
      presence.recordHeartbeat(2);
    }
    damage("snapshot.1");

    try (Presence presence = builder().open()) {
      assertThat(presence.statusOf(new long[] {1, 2})).containsExactly(true, false);
      assertThat(presence.stats().damagedSnapshots()).isEqualTo(1);
    }
    assertThat(names()).containsExactly("damaged.1", "lock", "snapshot.0", "snapshot.2");
  }

  @Test
  void open_noneIsWhole_throwsAndChangesNothingUnlessToldToStartEmpty() throws IOException {
    try (Presence presence = builder().open()) {
      presence.recordHeartbeat(1);
    }
    damage("snapshot.0");

    assertThatThrownBy(() -> builder().open())
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "no snapshot in the folder is whole: file="
                + folder().resolve("snapshot.0")
                + " offset=64 reason=block 0 does not match its checksum");
    assertThat(names()).containsExactly("lock", "snapshot.0");

    try (Presence presence = builder().onCorruptFile(CorruptFileAction.START_EMPTY).open()) {
      assertThat(presence.stats().trackedUsers()).isZero();
    }
    assertThat(names()).containsExactly("damaged.0", "lock", "snapshot.1");
  }

  @Test
  void open_folderInUse_isRefusedAtOnceAndNamesTheOwner() {
    try (Presence presence = builder().open()) {
      presence.recordHeartbeat(1);
      assertThatThrownBy(() -> builder().open())
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessageMatching(
              "a folder must be used by one presence at a time: folder=.*stamps pid="
                  + ProcessHandle.current().pid()
                  + " since=\\d{4}-.*Z");
    }
    builder().open().close();
  }

  @Test
  void files_ofSomebodyElse_areLeftAlone() throws IOException {
    Files.createDirectory(folder());
    Files.writeString(folder().resolve("snapshot.old"), "mine");
    Files.writeString(folder().resolve("notes"), "mine");
    builder().open().close();
    builder().open().close();
    builder().open().close();
    assertThat(names())
        .containsExactly("lock", "notes", "snapshot.1", "snapshot.2", "snapshot.old");
  }

  @Test
  void folderAndFiles_areForTheirOwnerAlone() throws IOException {
    builder().open().close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwx------");
    for (String name : names()) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(folder().resolve(name))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void stats_sayWhenTheLastSnapshotWasBegunAndFinished() {
    try (Presence presence = builder().snapshotInterval(Duration.ofSeconds(1)).open()) {
      presence.recordHeartbeat(1);
      Await.until("a snapshot", () -> presence.stats().snapshots() > 0);
      assertThat(presence.stats().lastSnapshotBegun()).isEqualTo(clock.nowSeconds());
      assertThat(presence.stats().lastSnapshotFinished()).isEqualTo(clock.nowSeconds());
    }
    try (Presence presence = builder().snapshotInterval(Duration.ofDays(1)).open()) {
      assertThat(presence.stats().snapshots()).isZero();
      assertThat(presence.stats().lastSnapshotBegun()).isEqualTo(Presence.NEVER);
      assertThat(presence.stats().lastSnapshotFinished()).isEqualTo(Presence.NEVER);
    }
  }

  private void damage(String name) throws IOException {
    Path file = folder().resolve(name);
    byte[] bytes = Files.readAllBytes(file);
    bytes[80] ^= 1;
    Files.write(file, bytes);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
