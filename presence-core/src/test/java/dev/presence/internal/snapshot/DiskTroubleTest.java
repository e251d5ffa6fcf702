package dev.presence.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.presence.Await;
import dev.presence.internal.store.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * While the disk is in trouble, heartbeats and answers go on and failures are counted; one line is
 * logged when the trouble begins, one when it ends; and then a snapshot is whole again.
 */
class DiskTroubleTest {

  private static final Duration INTERVAL = Duration.ofMillis(10);

  @TempDir private Path parent;

  private Path folder() {
    return parent.resolve("stamps");
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"CREATE", "WRITE", "FORCE", "RENAME", "FORCE_FOLDER"})
  void stepFails_untilItWorksAgain_nothingElseDoes(Step step) {
    FailingFiles[] files = new FailingFiles[1];
    try (LogRecorder log = new LogRecorder()) {
      try (KeptStore kept = open(real -> files[0] = new FailingFiles(real))) {
        goThrough(kept, () -> files[0].fail(step), () -> files[0].fail(null));
        assertThat(log.lines()).satisfiesExactly(DiskTroubleTest::begins, DiskTroubleTest::ends);
      }
      assertThat(log.lines()).hasSize(2);
      assertThat(files[0].faults()).isEmpty();
    }
    assertThatEverybodyIsThere();
  }

  /** What cannot be deleted takes room; nothing else is wrong with it. */
  @Test
  void deletionFails_snapshotsAreFinished() {
    FailingFiles[] files = new FailingFiles[1];
    try (KeptStore kept = open(real -> files[0] = new FailingFiles(real))) {
      files[0].fail(Step.DELETE);
      awaitMore("snapshots", kept);
      kept.record(1, 2);
      files[0].fail(null);
      awaitMore("snapshots", kept);
      assertThat(kept.snapshots.failed()).isZero();
    }
    assertThat(folder()).isDirectoryNotContaining("glob:**.tmp");
    assertThatEverybodyIsThere();
    assertThat(folder().toFile().list()).hasSize(3);
  }

  @Test
  void folderIsMovedAway_andMadeAgain_itIsUsedAgain() throws Exception {
    try (LogRecorder log = new LogRecorder();
        KeptStore kept = open(real -> real)) {
      goThrough(
          kept,
          () -> move(folder(), parent.resolve("away")),
          () -> Files.createDirectory(folder()));
      assertThat(log.lines()).satisfiesExactly(DiskTroubleTest::begins, DiskTroubleTest::ends);
      assertThatThrownBy(() -> open(real -> real)).isExactlyInstanceOf(IllegalStateException.class);
    }
    assertThatEverybodyIsThere();
  }

  @Test
  void lockFileIsDeleted_isMadeAgain() throws Exception {
    try (KeptStore kept = open(real -> real)) {
      kept.record(1, 2);
      Files.delete(folder().resolve(FolderLock.NAME));
      Await.until("a new lock file", () -> Files.exists(folder().resolve(FolderLock.NAME)));
    }
    assertThatEverybodyIsThere();
  }

  /** The lock is in the folder that the link led to, so the files must be, too. */
  @Test
  void linkToTheFolder_leadsElsewhereMeanwhile_filesStayWhereTheLockIs() throws Exception {
    Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
    Path link = parent.resolve("link");
    Files.createDirectory(folder());
    Files.createSymbolicLink(link, folder());
    try (KeptStore kept = KeptStore.open(link, INTERVAL, real -> real)) {
      kept.record(1, 2);
      Files.delete(link);
      Files.createSymbolicLink(link, elsewhere);
      awaitMore("snapshots", kept);
    }
    assertThat(elsewhere).isEmptyDirectory();
    assertThatEverybodyIsThere();
  }

  @Test
  void permissionIsLost_untilItIsGivenAgain_nothingElseIs() throws Exception {
    setPermissions(parent, "r-x------");
    boolean isRoot = Files.isWritable(parent);
    setPermissions(parent, "rwx------");
    assumeFalse(isRoot, "root may write everywhere");
    try (LogRecorder log = new LogRecorder();
        KeptStore kept = open(real -> real)) {
      goThrough(
          kept,
          () -> setPermissions(folder(), "r-x------"),
          () -> setPermissions(folder(), "rwx------"));
      assertThat(log.lines()).satisfiesExactly(DiskTroubleTest::begins, DiskTroubleTest::ends);
    }
    assertThatEverybodyIsThere();
  }

  private static void setPermissions(Path path, String symbols) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(symbols));
  }

  /** The pause follows from the work, and a disk that hangs for once is no work. */
  @Test
  void writeTakesLongOnce_theNextSnapshotsDoNotWaitForThat() {
    AtomicInteger writes = new AtomicInteger();
    UnaryOperator<SnapshotFiles> slow =
        real ->
            new SteppedFiles(real) {
              @Override
              void before(Step step, String name) {
                if (step == Step.WRITE && writes.incrementAndGet() == 20) {
                  LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                }
              }
            };
    try (KeptStore kept = open(slow)) {
      kept.record(1);
      Await.until("the long write has begun", () -> writes.get() >= 20);
      Await.until(
          "the next snapshots",
          Duration.ofSeconds(8), // a twentieth of a core would be 20 seconds
          () -> writes.get() >= 30);
    }
  }

  @Test
  void close_whileTheDiskIsInTrouble_leavesTheSnapshotBefore() {
    FailingFiles[] files = new FailingFiles[1];
    try (LogRecorder log = new LogRecorder()) {
      try (KeptStore kept = open(real -> files[0] = new FailingFiles(real))) {
        kept.record(1, 2);
        awaitMore("snapshots", kept);
        files[0].fail(Step.FORCE);
      }
      assertThat(log.lines()).satisfiesExactly(DiskTroubleTest::begins);
    }
    assertThatEverybodyIsThere();
  }

  private KeptStore open(UnaryOperator<SnapshotFiles> files) {
    return KeptStore.open(folder(), INTERVAL, files);
  }

  /** Records a user in the middle of the trouble, and waits until it is over. */
  private static void goThrough(KeptStore kept, Trouble begin, Trouble end) {
    kept.record(1);
    awaitMore("snapshots", kept);
    try {
      begin.run();
      long failed = kept.snapshots.failed();
      Await.until("failures are counted", () -> kept.snapshots.failed() > failed + 2);
      kept.record(2);
      assertThat(kept.store.stampOf(1)).isNotEqualTo(Stamp.NONE);
      assertThat(kept.store.stampOf(2)).isNotEqualTo(Stamp.NONE);
      end.run();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    awaitMore("whole snapshots", kept);
  }

  private static void awaitMore(String what, KeptStore kept) {
    long finished = kept.snapshots.finished();
    Await.until(what, () -> kept.snapshots.finished() > finished + 1);
  }

  private void assertThatEverybodyIsThere() {
    try (KeptStore kept = open(real -> real)) {
      assertThat(kept.store.stampOf(1)).isNotEqualTo(Stamp.NONE);
      assertThat(kept.store.stampOf(2)).isNotEqualTo(Stamp.NONE);
      assertThat(kept.snapshots.setAside()).isZero();
    }
  }

  private static void begins(String line) {
    assertThat(line)
        .startsWith("WARNING a snapshot could not be written and will be tried again: folder=");
  }

  private static void ends(String line) {
    assertThat(line).startsWith("INFO a snapshot is whole again: folder=");
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to);
  }

  private interface Trouble {
    void run() throws IOException;
  }
}
