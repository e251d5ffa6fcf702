package dev.presence.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Within one JVM a folder has one owner, whatever path leads to it. Links are resolved before; what
 * is left are folders mounted in two places. Mounting needs root, so the comparison is replaced,
 * too.
 */
class FolderRegistryTest {

  /** Both folders of this test. */
  private final FolderRegistry allTheSame =
      new FolderRegistry((first, second) -> first.getParent().equals(second.getParent()));

  @TempDir private Path parent;
  private Path here;
  private Path there;

  @BeforeEach
  void makeFolders() throws Exception {
    here = Files.createDirectory(parent.resolve("here")).toRealPath();
    there = Files.createDirectory(parent.resolve("there")).toRealPath();
  }

  @Test
  void take_folderMountedInAnotherPlace_isRefusedAndKeepsItsLock() throws Exception {
    assumeTrue(runs("mount", "--bind", here.toString(), there.toString()), "needs root");
    try {
      FolderLock lock = FolderLock.take(here);
      assertThatThrownBy(() -> FolderLock.take(there))
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessageMatching(
              "a folder must be used by one presence at a time: folder="
                  + there
                  + " pid="
                  + ProcessHandle.current().pid()
                  + " since=\\S+");
      lock.ensure();
      lock.release();
      FolderLock.take(there).release();
    } finally {
      runs("umount", there.toString());
    }
  }

  @Test
  void take_folderThatIsTheSameAsAnother_isRefusedBeforeItsFileIsTouched() throws Exception {
    FolderLock lock = FolderLock.take(here, allTheSame);
    assertThatThrownBy(() -> FolderLock.take(there, allTheSame))
        .isExactlyInstanceOf(IllegalStateException.class);
    assertThat(there).isEmptyDirectory();
    lock.release();
    FolderLock.take(there, allTheSame).release();
  }

  @Test
  void enter_otherFolders_areFree() {
    FolderRegistry registry = new FolderRegistry();
    assertThat(registry.enter(here, "somebody")).isNull();
    assertThat(registry.enter(there, "somebody else")).isNull();
    assertThat(registry.enter(here, "a third")).isEqualTo("somebody");
    assertThat(registry.enter(there, "a third")).isEqualTo("somebody else");
    registry.leave(here);
    assertThat(registry.enter(here, "a third")).isNull();
    registry.leave(here);
    registry.leave(there);
  }

  /** Somebody has moved it away; its owner notices at the next snapshot. */
  @Test
  void enter_anotherFolderIsMissing_doesNotMatter() throws Exception {
    FolderRegistry registry = new FolderRegistry();
    assertThat(registry.enter(here, "somebody")).isNull();
    Files.delete(here);
    assertThat(registry.enter(there, "somebody else")).isNull();
    assertThat(registry.enter(here, "a third")).as("still by its path").isEqualTo("somebody");
    registry.leave(here);
    registry.leave(there);
  }

  @Test
  void enter_anotherFolderCannotBeCompared_doesNotMatter() {
    FolderRegistry registry =
        new FolderRegistry(
            (first, second) -> {
              throw new NoSuchFileException(first.toString());
            });
    assertThat(registry.enter(here, "somebody")).isNull();
    assertThat(registry.enter(there, "somebody else")).isNull();
    registry.leave(here);
    registry.leave(there);
  }

  @Test
  void enter_sameFolderByTwoPathsAtOnce_oneGetsIt() throws Exception {
    for (int round = 0; round < 100; round++) {
      CountDownLatch both = new CountDownLatch(2);
      Queue<String> refused = new ConcurrentLinkedQueue<>();
      List<Thread> threads = new ArrayList<>();
      for (Path path : List.of(here, there)) {
        Thread thread =
            new Thread(
                () -> {
                  both.countDown();
                  try {
                    both.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  String owner = allTheSame.enter(path, "owner");
                  if (owner != null) {
                    refused.add(owner);
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(refused).containsExactly("owner");
      allTheSame.leave(here);
      allTheSame.leave(there);
    }
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
