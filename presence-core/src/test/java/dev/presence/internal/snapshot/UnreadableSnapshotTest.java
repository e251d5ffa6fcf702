package dev.presence.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presence.internal.store.Stamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A snapshot that cannot be read may be whole once the trouble is over: nothing takes its place
 * unless the application says so. Here are two: the older has user 1, the newer user 2 as well.
 */
class UnreadableSnapshotTest {

  private static final String OLDER = "snapshot.0";
  private static final String NEWER = "snapshot.1";

  private LogRecorder log;

  @TempDir private Path folder;

  @BeforeEach
  void write() {
    log = new LogRecorder();
    for (int user = 1; user <= 2; user++) {
      try (KeptStore kept = open(files -> files)) {
        kept.record(user);
      }
    }
  }

  @AfterEach
  void endLog() {
    log.close();
  }

  @Test
  void open_newestCannotBeOpened_failsUntilItCan() throws Exception {
    assertThatItFails(NEWER, files -> files.cannotOpen(NEWER));
  }

  @Test
  void open_newestCannotBeReadToItsEnd_failsUntilItCan() throws Exception {
    assertThatItFails(NEWER, files -> files.endsAt(NEWER, 80));
  }

  @Test
  void open_newestCannotBeReadAgain_failsUntilItCan() throws Exception {
    assertThatItFails(NEWER, files -> files.endsAt(NEWER, 80).after(1));
  }

  @Test
  void open_newestIsDamagedAndTheOneBeforeUnreadable_failsAndTakesThatLater() throws Exception {
    damage(NEWER);
    Map<String, String> before = contents();
    assertThatThrownBy(() -> open(files -> new UnreadableFiles(files).cannotOpen(OLDER)))
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasMessage(message(OLDER));
    assertThat(contents()).isEqualTo(before);

    try (KeptStore kept = open(files -> files)) {
      assertUsers(kept, true, false, 1);
    }
  }

  @Test
  void open_olderCannotBeRead_takesTheNewest() {
    try (KeptStore kept = open(files -> new UnreadableFiles(files).cannotOpen(OLDER))) {
      assertUsers(kept, true, true, 0);
    }
  }

  @Test
  void openOrStartEmpty_newestCannotBeRead_setsItAsideAndTakesTheOneBefore() throws Exception {
    String bytes = contents().get(NEWER);
    try (KeptStore kept =
        KeptStore.openOrStartEmpty(folder, files -> new UnreadableFiles(files).endsAt(NEWER, 80))) {
      assertUsers(kept, true, false, 1);
      assertThat(contents()).containsOnlyKeys("damaged.1", "lock", OLDER);
      assertThat(contents()).containsEntry("damaged.1", bytes);
    }
    assertThat(log.lines())
        .containsExactly(
            "WARNING a snapshot cannot be read and is set aside: file="
                + folder.resolve(NEWER)
                + " reason=java.io.IOException: "
                + UnreadableFiles.REASON);
  }

  @Test
  void openOrStartEmpty_noneCanBeRead_setsAllAsideAndStartsEmpty() throws Exception {
    damage(OLDER);
    try (KeptStore kept =
        KeptStore.openOrStartEmpty(folder, files -> new UnreadableFiles(files).cannotOpen(NEWER))) {
      assertUsers(kept, false, false, 2);
      assertThat(contents()).containsOnlyKeys("damaged.0", "damaged.1", "lock");
    }
    assertThat(contents()).containsOnlyKeys("damaged.0", "damaged.1", "lock", "snapshot.2");
  }

  @Test
  void open_newestIsAFolder_setsItAsideAndTakesTheOneBefore() throws Exception {
    Files.delete(folder.resolve(NEWER));
    Files.createDirectory(folder.resolve(NEWER));
    try (KeptStore kept = open(files -> files)) {
      assertUsers(kept, true, false, 1);
      assertThat(folder.resolve("damaged.1")).isDirectory();
    }
    assertThat(log.lines())
        .singleElement()
        .asString()
        .endsWith("file=" + folder.resolve(NEWER) + " offset=0 reason=is not a regular file");
  }

  /** Under its own name it would be deleted two snapshots later. */
  @Test
  void open_damagedCannotBeSetAside_failsUntilItCan() throws Exception {
    damage(NEWER);
    Map<String, String> before = contents();
    assertThatThrownBy(
            () ->
                open(
                    files -> {
                      FailingFiles failing = new FailingFiles(files);
                      failing.fail(Step.RENAME);
                      return failing;
                    }))
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "a snapshot that is given up must be set aside: file="
                + folder.resolve(NEWER)
                + " reason=java.io.IOException: injected: RENAME");
    assertThat(contents()).isEqualTo(before);

    try (KeptStore kept = open(files -> files)) {
      assertUsers(kept, true, false, 1);
    }
  }

  private void assertThatItFails(String name, UnaryOperator<UnreadableFiles> trouble)
      throws Exception {
    Map<String, String> before = contents();
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> open(files -> trouble.apply(new UnreadableFiles(files))))
          .isExactlyInstanceOf(UncheckedIOException.class)
          .hasMessage(message(name));
      assertThat(contents()).isEqualTo(before);
    }
    assertThat(log.lines()).isEmpty();

    try (KeptStore kept = open(files -> files)) {
      assertUsers(kept, true, true, 0);
    }
  }

  private String message(String name) {
    return "a snapshot must be readable: file="
        + folder.resolve(name)
        + " reason=java.io.IOException: "
        + UnreadableFiles.REASON;
  }

  private KeptStore open(UnaryOperator<SnapshotFiles> files) {
    return KeptStore.open(folder, Duration.ofDays(1), files);
  }

  private static void assertUsers(KeptStore kept, boolean first, boolean second, int setAside) {
    assertThat(kept.store.stampOf(1) != Stamp.NONE).isEqualTo(first);
    assertThat(kept.store.stampOf(2) != Stamp.NONE).isEqualTo(second);
    assertThat(kept.snapshots.setAside()).isEqualTo(setAside);
  }

  private void damage(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    bytes[80] ^= 1;
    Files.write(folder.resolve(name), bytes);
  }

  /** Of each file; but who owns the lock may change. */
  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.toList()) {
        String name = path.getFileName().toString();
        boolean isLock = name.equals(FolderLock.NAME);
        contents.put(name, isLock ? "" : Files.readString(path, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }
}
