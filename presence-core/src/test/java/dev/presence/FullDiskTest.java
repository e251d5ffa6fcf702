package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A presence on a disk that is full: heartbeats and answers go on, and all is kept when there is
 * room again. Once with a limit for files that the process sets itself, once with a small file
 * system, which needs root.
 */
class FullDiskTest {

  private static final int USERS = 30_000; // 360 kB

  @TempDir private Path temp;

  @Test
  void filesMayNotGrow_untilTheyMay_allIsKept() throws Exception {
    assumeTrue(isOnPath("prlimit"), "prlimit comes with Linux");

    ChildJvm.Result result =
        new ChildJvm(temp)
            .run(UsesALimitedDisk.class, "-Dfolder=" + temp.resolve("stamps"), "-Dlimit=true");

    assertKept(result, temp.resolve("stamps"));
  }

  @Test
  void fileSystemIsFull_untilThereIsRoom_allIsKept() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        runs("mount", "-t", "tmpfs", "-o", "size=2m", "none", disk.toString()), "needs root");
    try {
      ChildJvm.Result result =
          new ChildJvm(temp)
              .run(
                  UsesALimitedDisk.class,
                  "-Dfolder=" + disk.resolve("stamps"),
                  "-Dfiller=" + disk.resolve("filler"));

      assertKept(result, disk.resolve("stamps"));
    } finally {
      runs("umount", disk.toString());
    }
  }

  /** The owner's line takes the place of the last one, so that a restart needs no room. */
  @Test
  void open_whileTheFileSystemIsFull_works() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        runs("mount", "-t", "tmpfs", "-o", "size=2m", "none", disk.toString()), "needs root");
    try {
      Path folder = disk.resolve("stamps");
      try (Presence presence = UsesALimitedDisk.builder(folder).open()) {
        presence.recordHeartbeat(7);
      }
      UsesALimitedDisk.fill(disk.resolve("filler"));
      try (Presence presence = UsesALimitedDisk.builder(folder).open()) {
        assertThat(presence.isOnline(7)).isTrue();
        presence.recordHeartbeat(8);
        Files.delete(disk.resolve("filler"));
      }
      try (Presence presence = UsesALimitedDisk.builder(folder).open()) {
        assertThat(presence.statusOf(new long[] {7, 8})).containsExactly(true, true);
      }
    } finally {
      runs("umount", disk.toString());
    }
  }

  private static void assertKept(ChildJvm.Result result, Path folder) {
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err().lines().filter(line -> line.startsWith("WARNING: ")))
        .singleElement()
        .asString()
        .startsWith("WARNING: a snapshot could not be written and will be tried again");
    assertThat(result.err().lines().filter(line -> line.startsWith("INFO: ")))
        .singleElement()
        .asString()
        .startsWith("INFO: a snapshot is whole again");
    try (Presence presence = UsesALimitedDisk.builder(folder).open()) {
      assertThat(presence.onlineCount()).isEqualTo(USERS + 1);
      assertThat(presence.stats().damagedSnapshots()).isZero();
    }
  }

  private static boolean isOnPath(String command) throws Exception {
    return runs("which", command);
  }

  private static boolean runs(String... command) throws Exception {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Fills its disk, waits for failures, makes room again, and closes. */
  static final class UsesALimitedDisk {

    static PresenceBuilder builder(Path folder) {
      return Presence.builder()
          .persistTo(folder)
          .maxUsers(100_000)
          .onlineWindow(Duration.ofHours(1))
          .snapshotInterval(Duration.ofSeconds(1));
    }

    public static void main(String[] args) throws Exception {
      try (Presence presence = builder(Path.of(System.getProperty("folder"))).open()) {
        for (int i = 0; i < USERS; i++) {
          presence.recordHeartbeat(i);
        }
        fill();
        Await.until("failures", () -> presence.stats().failedSnapshots() > 1);
        presence.recordHeartbeat(-1);
        FirstSteps.check("heartbeats go on", presence.isOnline(-1) && presence.isOnline(7));
        makeRoom();
        long finished = presence.stats().snapshots();
        Await.until("a whole snapshot", () -> presence.stats().snapshots() > finished);
      }
    }

    private static void fill() throws Exception {
      if (Boolean.getBoolean("limit")) {
        setLargestFile("100000");
        return;
      }
      fill(Path.of(System.getProperty("filler")));
    }

    static void fill(Path file) {
      byte[] block = new byte[4096];
      try (OutputStream filler = Files.newOutputStream(file)) {
        while (true) {
          filler.write(block);
        }
      } catch (IOException e) {
        return; // full
      }
    }

    private static void makeRoom() throws Exception {
      if (Boolean.getBoolean("limit")) {
        setLargestFile("unlimited");
      } else {
        Files.delete(Path.of(System.getProperty("filler")));
      }
    }

    /** The soft limit, which the process may raise again. */
    private static void setLargestFile(String bytes) throws Exception {
      long pid = ProcessHandle.current().pid();
      FirstSteps.check(
          "the limit is set", runs("prlimit", "--pid=" + pid, "--fsize=" + bytes + ":"));
    }
  }
}
