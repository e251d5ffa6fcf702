package dev.presence.internal.snapshot;

import dev.presence.CrashLog;
import dev.presence.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Run by {@code CrashTest} in a JVM of its own, to be killed: records heartbeats of old and ever
 * new users and keeps them in folders, and logs what it has done.
 */
public final class CrashChild {

  /** The folder of all folders. */
  public static final String ROOT = "presence.crash.root";

  /** How many there are. */
  public static final String FOLDERS = "presence.crash.folders";

  /** Which process this is, so that its new users are new. */
  public static final String ROUND = "presence.crash.round";

  /** At which step to end by itself: its name, before or after, how many times. */
  public static final String HALT = "presence.crash.halt";

  private static final int USERS_A_ROUND = 1_000_000; // at most
  private static final Duration SHORT = Duration.ofMillis(5);

  private CrashChild() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(System.getProperty(ROOT));
    int round = Integer.getInteger(ROUND);
    String halt = System.getProperty(HALT);
    for (int i = 0; i < Integer.getInteger(FOLDERS); i++) {
      CrashLog log = new CrashLog(root.resolve("log" + i + "." + round));
      Consumer<long[]> heartbeats = open(root.resolve("folder" + i), i, halt, log);
      Thread thread = new Thread(() -> record(round, heartbeats, log));
      thread.start();
    }
    Files.createFile(root.resolve("ready." + round));
  }

  /** Takes turns: as an application does, the parts of it, the parts with the other store. */
  private static Consumer<long[]> open(Path folder, int turn, String halt, CrashLog log) {
    if (halt == null && turn % 2 == 0) {
      Presence presence =
          Presence.builder()
              .persistTo(folder)
              .snapshotInterval(Duration.ofSeconds(1))
              .maxUsers(400_000)
              .onlineWindow(Duration.ofDays(1))
              .open();
      return presence::recordHeartbeats;
    }
    boolean lockFree = turn % 4 < 2;
    return KeptStore.open(
            folder,
            SHORT,
            files -> halting(new LoggingFiles(files, log), halt),
            Duration.ofSeconds(10),
            lockFree)
        ::record;
  }

  /** Logs when a snapshot is begun: no user has been read yet when its file is created. */
  private static final class LoggingFiles extends SteppedFiles {
    private final CrashLog log;

    LoggingFiles(SnapshotFiles files, CrashLog log) {
      super(files);
      this.log = log;
    }

    @Override
    void before(Step step, String name) throws IOException {
      if (step == Step.CREATE) {
        log.begun(Long.parseLong(name.replaceAll("\\D", "")));
      }
    }
  }

  private static SnapshotFiles halting(SnapshotFiles files, String halt) {
    if (halt == null) {
      return files;
    }
    String[] parts = halt.split(" ", -1);
    return new HaltingFiles(
        files, Step.valueOf(parts[0]), parts[1].equals("before"), Integer.parseInt(parts[2]));
  }

  private static void record(int round, Consumer<long[]> heartbeats, CrashLog log) {
    SplittableRandom random = new SplittableRandom();
    long next = (long) round * USERS_A_ROUND;
    long[] userIds = new long[CrashLog.HEARTBEATS];
    try {
      while (true) {
        for (int i = 0; i < userIds.length; i++) {
          userIds[i] = userId(i % 8 == 0 ? next++ : Math.max(0, next - 1 - random.nextInt(40_000)));
        }
        log.trying(userIds);
        long before = System.currentTimeMillis() / 1000;
        heartbeats.accept(userIds);
        log.returned(before, System.currentTimeMillis() / 1000);
        LockSupport.parkNanos(1_000_000);
      }
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  /** Spreads the users over all ids, each to another. */
  private static long userId(long number) {
    return number * 0x9E3779B97F4A7C15L;
  }
}
