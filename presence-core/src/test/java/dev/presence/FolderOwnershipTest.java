package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One presence at a time uses a folder, in this JVM or any other, and a dead one keeps nobody. */
class FolderOwnershipTest {

  private static final String REFUSED =
      "a folder must be used by one presence at a time: folder=%s pid=%d since=\\d{4}-.*Z";

  @TempDir private Path parent;
  private Path folder;
  private ChildJvm jvm;
  private Process owner;

  @BeforeEach
  void makeJvm() throws Exception {
    folder = parent.resolve("stamps");
    jvm = new ChildJvm(parent);
  }

  @AfterEach
  void endOwner() throws Exception {
    if (owner != null) {
      owner.destroyForcibly().waitFor();
    }
  }

  @Test
  void open_folderOfAnotherProcess_isRefusedAtOnceAndNamesTheOwner() throws Exception {
    startOwner();

    long startNanos = System.nanoTime();
    assertThatThrownBy(this::open)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageMatching(REFUSED.formatted(folder, owner.pid()));
    assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void open_afterTheOwnerWasKilled_worksAtOnce() throws Exception {
    startOwner();
    owner.destroyForcibly().waitFor();

    try (Presence presence = open()) {
      assertThat(presence.isOnline(7)).isTrue();
    }
  }

  @Test
  void open_folderOfThisProcess_isRefusedInAnotherProcess() throws Exception {
    try (Presence presence = open()) {
      presence.recordHeartbeat(1);
      ChildJvm.Result result = jvm.run(HoldsAFolder.class, folderOption());

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err().lines().findFirst().orElseThrow())
          .matches(".*" + REFUSED.formatted(folder, ProcessHandle.current().pid()));
    }
  }

  @Test
  void open_twoClassLoaders_areRefusedInTurn() throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      Class<?> holder = Class.forName(HoldsAFolder.class.getName(), true, loader);
      Runnable openAndClose =
          (Runnable) holder.getConstructor(String.class).newInstance(folder.toString());
      try (Presence presence = open()) {
        assertThatThrownBy(openAndClose::run)
            .hasMessageMatching(REFUSED.formatted(folder, ProcessHandle.current().pid()));
        presence.recordHeartbeat(1);
      }
      openAndClose.run();
    }
    open().close();
  }

  /** The copy drops the system's lock; the registry of the JVM does not notice. */
  @Test
  void open_afterTheLockFileWasCopied_isRefusedInThisProcess() throws Exception {
    try (Presence presence = open()) {
      Files.copy(folder.resolve("lock"), parent.resolve("copy"));

      assertThatThrownBy(this::open).isExactlyInstanceOf(IllegalStateException.class);
      presence.recordHeartbeat(1);
    }
    open().close();
  }

  /** The one who has lost it stops writing, and goes on when the other is gone. */
  @Test
  void snapshots_afterTheLockFileWasCopiedAndAnotherProcessTookIt_stopUntilThatEnds()
      throws Exception {
    try (Presence presence = open()) {
      presence.recordHeartbeat(1);
      Files.copy(folder.resolve("lock"), parent.resolve("copy"));
      startOwner();

      Await.until("failures", () -> presence.stats().failedSnapshots() > 1);
      assertThat(presence.isOnline(1)).isTrue();
      owner.destroyForcibly().waitFor();
      long finished = presence.stats().snapshots();
      Await.until("a whole snapshot", () -> presence.stats().snapshots() > finished);
    }
    try (Presence presence = open()) {
      assertThat(presence.isOnline(1)).isTrue();
    }
  }

  @Test
  void open_byManyThreadsAtOnce_oneGetsTheFolder() throws Exception {
    CountDownLatch all = new CountDownLatch(8);
    Queue<Object> outcomes = new ConcurrentLinkedQueue<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Thread thread =
          new Thread(
              () -> {
                all.countDown();
                try {
                  all.await();
                  outcomes.add(open());
                } catch (InterruptedException | RuntimeException e) {
                  outcomes.add(e);
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(outcomes).filteredOn(Presence.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(IllegalStateException.class::isInstance)
        .as("%s", outcomes)
        .hasSize(7);
    for (Object outcome : outcomes) {
      if (outcome instanceof Presence presence) {
        presence.close();
      }
    }
  }

  @Test
  void open_throughALinkToTheFolder_isRefused() throws Exception {
    try (Presence presence = open()) {
      Path link = Files.createSymbolicLink(parent.resolve("link"), folder);

      assertThatThrownBy(() -> HoldsAFolder.builder(link).open())
          .isExactlyInstanceOf(IllegalStateException.class);
      presence.recordHeartbeat(1);
    }
  }

  @Test
  void open_lockFileIsALink_isRefused() throws Exception {
    Path target = Files.writeString(parent.resolve("target"), "mine");
    Files.createDirectory(folder);
    Files.createSymbolicLink(folder.resolve("lock"), target);

    assertThatThrownBy(this::open)
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(FileSystemException.class)
        .hasMessageContaining(folder.resolve("lock").toString());
    assertThat(target).hasContent("mine");
    Files.delete(folder.resolve("lock"));
    open().close();
  }

  @Test
  void open_folderIsAFile_failsAndNamesItAndTheReason() throws Exception {
    Files.writeString(folder, "mine");

    assertThatThrownBy(this::open)
        .isExactlyInstanceOf(UncheckedIOException.class)
        .hasMessage(
            "a folder must be usable: folder="
                + folder
                + " reason=java.nio.file.FileAlreadyExistsException: "
                + folder);
    assertThat(folder).hasContent("mine");
  }

  @Test
  void open_afterAFailureToOpen_works() {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> HoldsAFolder.builder(folder).threadFactory(loop -> null).open())
          .hasMessageStartingWith("threadFactory must make a thread");
    }
    open().close();
    open().close();
  }

  @Test
  void lock_afterAnotherInstanceClosedTwice_staysWithItsOwner() throws Exception {
    Presence first = open();
    first.close();
    try (Presence second = open()) {
      first.close();

      assertThatThrownBy(this::open).isExactlyInstanceOf(IllegalStateException.class);
      assertThat(jvm.run(HoldsAFolder.class, folderOption()).exitCode()).isEqualTo(1);
      second.recordHeartbeat(1);
    }
  }

  private void startOwner() throws Exception {
    owner = jvm.start(HoldsAFolder.class, folderOption(), "-D" + HoldsAFolder.HOLD + "=true");
    Path ready = jvm.work().resolve(HoldsAFolder.READY);
    Await.until("the owner's snapshot", () -> Files.exists(ready) || !owner.isAlive());
  }

  private String folderOption() {
    return "-D" + HoldsAFolder.FOLDER + "=" + folder;
  }

  private Presence open() {
    return HoldsAFolder.builder(folder).open();
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(new URL[0]);
  }
}
