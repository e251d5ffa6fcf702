package dev.presence.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder has one owner, who can lose it in one way only. */
class FolderLockTest {

  @TempDir private Path folder;

  @Test
  void take_afterRelease_succeeds() throws Exception {
    for (int i = 0; i < 3; i++) {
      FolderLock.take(folder).release();
    }
    assertThat(folder.resolve(FolderLock.NAME)).exists();
  }

  /** A failure to open releases on several paths, and others may open the folder in between. */
  @Test
  void release_again_leavesTheNextOwnerAlone() throws Exception {
    FolderLock first = FolderLock.take(folder);
    first.release();
    FolderLock second = FolderLock.take(folder);
    first.release();

    assertThat(System.getProperties())
        .as("who has which folder")
        .containsKey("dev.presence.folder." + folder.toRealPath());
    assertThatThrownBy(() -> FolderLock.take(folder))
        .isExactlyInstanceOf(IllegalStateException.class);
    second.release();
  }

  @Test
  void ensure_lockFileIsReplaced_locksTheNewOne() throws Exception {
    FolderLock lock = FolderLock.take(folder);
    Files.delete(folder.resolve(FolderLock.NAME));
    lock.ensure();

    assertThat(folder.resolve(FolderLock.NAME)).content().startsWith("pid=");
    lock.ensure();
    lock.release();
    FolderLock.take(folder).release();
  }

  @Test
  void ensure_folderIsMissing_failsUntilItIsBack() throws Exception {
    Path moved = folder.resolveSibling(folder.getFileName() + "-moved");
    FolderLock lock = FolderLock.take(folder);
    Files.move(folder, moved);
    assertThatThrownBy(lock::ensure).hasMessageContaining(FolderLock.NAME);
    assertThatThrownBy(lock::ensure).hasMessageContaining(FolderLock.NAME);
    Files.move(moved, folder);
    lock.ensure();
    lock.release();
  }
}
