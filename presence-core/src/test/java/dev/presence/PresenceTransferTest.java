package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stamps as text: what is exported, what is imported, and what is refused. */
class PresenceTransferTest {

  private final ManualClock clock = new ManualClock(4_000_000_000L);
  private final Presence presence = open(1_000);
  private final List<String> told = new ArrayList<>();

  @TempDir private Path folder;

  private Presence open(long maxUsers) {
    return Presence.builder()
        .maxUsers(maxUsers)
        .clock(clock)
        .retention(Duration.ofHours(1))
        .sweepInterval(Duration.ZERO)
        .open();
  }

  @AfterEach
  void close() {
    presence.close();
  }

  private void tell(long done, long total) {
    told.add(done + " of " + total);
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("users.csv"), List.of(lines));
  }

  @Test
  void exportTo_users_areLinesOfText() throws IOException {
    presence.recordHeartbeat(Long.MIN_VALUE);
    presence.recordHeartbeat(7, clock.nowSeconds() - 3_599);
    presence.recordHeartbeat(8);
    presence.recordHeartbeat(9, clock.nowSeconds() - 3_598);
    clock.advance(1);
    Path file = folder.resolve("users.csv");

    assertThat(presence.exportTo(file, this::tell)).isEqualTo(3);

    assertThat(Files.readAllLines(file).get(0)).isEqualTo("user_id,epoch_second");
    assertThat(Files.readAllLines(file))
        .containsExactlyInAnyOrder(
            "user_id,epoch_second",
            "-9223372036854775808,4000000000",
            "8,4000000000",
            "9,3999996402");
    assertThat(told).containsExactly("3 of 3");
  }

  @Test
  void importFrom_whatWasExported_isTheSame() throws IOException {
    for (long userId = 0; userId < 1_000; userId++) {
      presence.recordHeartbeat(userId * 0x9E3779B97F4A7C15L, clock.nowSeconds() - userId);
    }
    Path file = folder.resolve("users.csv");
    presence.exportTo(file, (done, total) -> {});
    try (Presence other = open(1_000)) {
      assertThat(other.importFrom(file, this::tell)).isEqualTo(1_000);
      assertThat(told).containsExactly("1000 of 1000");
      for (long userId = 0; userId < 1_000; userId++) {
        assertThat(other.lastSeen(userId * 0x9E3779B97F4A7C15L))
            .isEqualTo(clock.nowSeconds() - userId);
      }
    }
  }

  @Test
  void importFrom_lines_areLateHeartbeats() throws IOException {
    presence.recordHeartbeat(1);
    Path file = file("user_id,epoch_second", "1,3999999999", "2,4294967295", "3,1", "4,3999999999");

    assertThat(presence.importFrom(file, this::tell)).isEqualTo(4);

    assertThat(presence.lastSeenOf(new long[] {1, 2, 3, 4}))
        .containsExactly(4_000_000_000L, 4_000_000_000L, Presence.NEVER, 3_999_999_999L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1;2 | must be two whole numbers with a comma between them",
        "'' | must be two whole numbers with a comma between them",
        "1,2,3 | must be two whole numbers with a comma between them",
        "1, 2 | must be two whole numbers with a comma between them",
        "9223372036854775808,2 | must be two whole numbers with a comma between them",
        "1,0 | must have an epoch_second from 1 to 4294967295",
        "1,4294967296 | must have an epoch_second from 1 to 4294967295",
        "1,-5 | must have an epoch_second from 1 to 4294967295"
      })
  void importFrom_badLine_namesItAndChangesNothing(String line, String rule) throws IOException {
    Path file = file("user_id,epoch_second", "1,3999999999", line);

    assertThatThrownBy(() -> presence.importFrom(file, this::tell))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 3 " + rule + ": file=" + file + " line=" + line);

    assertThat(presence.stats().trackedUsers()).isZero();
    assertThat(told).isEmpty();
  }

  @Test
  void importFrom_anotherHeader_isRefused() throws IOException {
    Path file = file("id,second", "1,2");
    assertThatThrownBy(() -> presence.importFrom(file, this::tell))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 1 must be user_id,epoch_second: file=" + file + " line=id,second");
    Path empty = file();
    assertThatThrownBy(() -> presence.importFrom(empty, this::tell))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 1 must be user_id,epoch_second: file=" + empty + " line=null");
  }

  @Test
  void importFrom_moreUsersThanFit_recordsAllItCanAndThrowsOnce() throws IOException {
    Path file =
        file(
            "user_id,epoch_second", "1,4000000000", "2,4000000000", "3,4000000000", "1,4000000000");
    try (Presence small = open(1)) {
      assertThatThrownBy(() -> small.importFrom(file, this::tell))
          .isExactlyInstanceOf(PresenceFullException.class)
          .hasMessage("no room for a new user: maxUsers=1 trackedUsers=1 refused=2");
      assertThat(small.isOnline(1)).isTrue();
      assertThat(told).containsExactly("4 of 4");
    }
  }

  @Test
  void exportTo_existingFile_isLeftAlone() throws IOException {
    Path file = file("mine");
    assertThatThrownBy(() -> presence.exportTo(file, this::tell))
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(FileAlreadyExistsException.class);
    assertThat(file).hasContent("mine");
  }

  @Test
  void importFrom_missingFile_saysSo() {
    assertThatThrownBy(() -> presence.importFrom(folder.resolve("missing"), this::tell))
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void transfer_interruptedThread_finishesAndKeepsTheFlag() {
    presence.recordHeartbeat(1);
    Path file = folder.resolve("users.csv");
    Thread.currentThread().interrupt();
    assertThat(presence.exportTo(file, this::tell)).isEqualTo(1);
    assertThat(presence.importFrom(file, this::tell)).isEqualTo(1);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void transfer_null_isRefusedByName() {
    Path file = folder.resolve("users.csv");
    assertThatThrownBy(() -> presence.exportTo(null, this::tell)).hasMessage("file");
    assertThatThrownBy(() -> presence.exportTo(file, null)).hasMessage("listener");
    assertThatThrownBy(() -> presence.importFrom(null, this::tell)).hasMessage("file");
    assertThatThrownBy(() -> presence.importFrom(file, null)).hasMessage("listener");
    assertThat(file).doesNotExist();
  }
}
