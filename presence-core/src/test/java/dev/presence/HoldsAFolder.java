package dev.presence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Opens a folder that may belong to somebody else: in a JVM of its own, or in this one by another
 * class loader.
 */
public final class HoldsAFolder implements Runnable {

  /** The property that names the folder. */
  static final String FOLDER = "presence.folder";

  /** Whether the process keeps the folder until it is killed. */
  static final String HOLD = "presence.folder.hold";

  /** The file that it makes, in its working directory, when a snapshot has user 7. */
  static final String READY = "ready";

  private final String folder;

  public HoldsAFolder(String folder) {
    this.folder = folder;
  }

  static PresenceBuilder builder(Path folder) {
    return Presence.builder()
        .persistTo(folder)
        .maxUsers(1_000)
        .onlineWindow(Duration.ofHours(1))
        .snapshotInterval(Duration.ofSeconds(1));
  }

  public static void main(String[] args) throws Exception {
    try (Presence presence = builder(Path.of(System.getProperty(FOLDER))).open()) {
      presence.recordHeartbeat(7);
      if (Boolean.getBoolean(HOLD)) {
        Await.until("a snapshot", () -> presence.stats().snapshots() > 1);
        Files.createFile(Path.of(READY));
        Thread.currentThread().join();
      }
    }
  }

  @Override
  public void run() {
    builder(Path.of(folder)).open().close();
  }
}
