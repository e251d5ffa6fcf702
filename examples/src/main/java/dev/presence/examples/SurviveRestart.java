package dev.presence.examples;

import dev.presence.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * A process that is killed, and one that begins where it ended. The program starts itself as a
 * child, which records heartbeats and waits for a snapshot; then it kills the child, as {@code kill
 * -9} does, and opens the same folder.
 */
public final class SurviveRestart {

  private static final int USERS = 100_000;

  private SurviveRestart() {}

  /**
   * Runs the example.
   *
   * @param args none; a folder makes this process the child
   * @throws Exception if a folder cannot be made or a process cannot be started
   */
  public static void main(String[] args) throws Exception {
    if (args.length > 0) {
      beKilled(Path.of(args[0]));
      return;
    }
    Path folder = Files.createTempDirectory("presence-example");
    Process child = start(folder);
    child.getInputStream().read(); // the child says that its heartbeats are safe
    child.destroyForcibly().waitFor();
    System.out.println("the first process has been killed");

    long startNanos = System.nanoTime();
    try (Presence presence = open(folder)) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
      System.out.printf("the second one opened in %d ms%n", millis);
      System.out.printf("online: %,d of %,d users%n", presence.onlineCount(), USERS);
    }
    System.out.println("files: " + names(folder));
    delete(folder);
  }

  private static Presence open(Path folder) {
    return Presence.builder()
        .persistTo(folder)
        .snapshotInterval(Duration.ofSeconds(1))
        .onlineWindow(Duration.ofMinutes(5))
        .open();
  }

  private static void beKilled(Path folder) {
    Presence presence = open(folder);
    presence.recordHeartbeats(LongStream.range(0, USERS).toArray());
    long recordedSecond = presence.lastSeen(USERS - 1);
    while (presence.stats().lastSnapshotBegun() <= recordedSecond) { // until one has them all
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    System.out.println("safe");
    LockSupport.park();
  }

  private static Process start(Path folder) throws IOException {
    String java = ProcessHandle.current().info().command().orElse("java");
    List<String> command =
        List.of(
            java,
            "-classpath",
            System.getProperty("java.class.path"),
            SurviveRestart.class.getName(),
            folder.toString());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static List<String> names(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    for (String name : names(folder)) {
      Files.delete(folder.resolve(name));
    }
    Files.delete(folder);
  }
}
