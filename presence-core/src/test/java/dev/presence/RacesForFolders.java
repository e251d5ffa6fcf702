package dev.presence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Run by {@link FolderRaceTest} in two JVMs: both open one missing folder after the other at the
 * same instant, and each prints what came of it. They meet by files.
 */
final class RacesForFolders {

  /** The folder of all folders. */
  static final String ROOT = "presence.race.root";

  /** The names of this process and of the other one. */
  static final String ME = "presence.race.me";

  static final String OTHER = "presence.race.other";

  static final int ROUNDS = 20;
  static final String OPENED = "opened";

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static final Path MEETINGS = Path.of(System.getProperty(ROOT));

  private RacesForFolders() {}

  public static void main(String[] args) throws Exception {
    HoldsAFolder.builder(MEETINGS.resolve(System.getProperty(ME))).open().close(); // warms up
    for (int round = 0; round < ROUNDS; round++) {
      Path folder = MEETINGS.resolve("parent" + round).resolve("stamps");
      meet("ready", round);
      try (Presence presence = HoldsAFolder.builder(folder).open()) {
        presence.recordHeartbeat(7);
        meet("done", round);
        System.out.println(OPENED);
      } catch (IllegalStateException e) {
        meet("done", round);
        System.out.println(e.getMessage());
      }
    }
  }

  /** Goes on when both are here. Spins, so that they go on at the same instant. */
  private static void meet(String where, int round) throws IOException {
    Files.createFile(MEETINGS.resolve(where + round + System.getProperty(ME)));
    Path other = MEETINGS.resolve(where + round + System.getProperty(OTHER));
    long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
    while (!Files.exists(other)) {
      FirstSteps.check("the other one comes", System.nanoTime() - deadlineNanos < 0);
      Thread.onSpinWait();
    }
  }
}
