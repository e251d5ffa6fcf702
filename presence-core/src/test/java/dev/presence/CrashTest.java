package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.snapshot.CrashChild;
import dev.presence.internal.snapshot.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that record heartbeats are killed, by SIGKILL at random instants and by themselves at
 * each step of writing a snapshot; then the next process uses the same folders. Each time {@link
 * CrashedFolder} checks what is left. {@code -Dpresence.crash.kills=…} sets how many folders lose
 * their owner by SIGKILL, {@code -Dpresence.crash.seed=…} repeats the instants.
 */
class CrashTest {

  private static final int KILLS = Integer.getInteger("presence.crash.kills", 18);
  private static final long SEED = Long.getLong("presence.crash.seed", System.nanoTime());
  private static final int KILLED = 128 + 9;
  private static final int FOLDERS = 6; // lose their owner at once
  private static final int ROUNDS_A_ROOT = 8; // then the folders are nearly full

  private final SplittableRandom random = new SplittableRandom(SEED);
  private long due;

  @TempDir private Path temp;

  @Test
  void kill_atRandomInstants_losesNothingThatWasDue() throws Exception {
    System.out.println("CrashTest: -Dpresence.crash.seed=" + SEED);
    int rounds = (KILLS + FOLDERS - 1) / FOLDERS;
    for (int first = 0; first < rounds; first += ROUNDS_A_ROOT) {
      Root root = new Root("root" + first, FOLDERS);
      for (int round = 0; round < Math.min(ROUNDS_A_ROOT, rounds - first); round++) {
        Process process = root.start(round);
        boolean isLast = first + round + 1 == rounds;
        if (isLast) {
          root.awaitDue(process, round); // or the instants may all have been early
        } else if (random.nextInt(5) == 0) {
          pause(random.nextInt(1_000)); // it may still be opening
        } else {
          root.awaitReady(process, round);
          pause(random.nextInt(2_000));
        }
        int exitCode = process.destroyForcibly().waitFor();
        assertThat(exitCode).as(root.jvm.result(process).err()).isEqualTo(KILLED);
        root.check(round);
      }
      root.delete();
    }
    System.out.println("CrashTest: kills=" + rounds * FOLDERS + " due=" + due);
    assertThat(due).as("heartbeats that had to be there").isPositive();
  }

  @Test
  void halt_beforeAndAfterEachStep_losesNothingThatWasDue() throws Exception {
    System.out.println("CrashTest: -Dpresence.crash.seed=" + SEED);
    Root root = new Root("steps", 1);
    int round = 0;
    for (Step step : Step.values()) {
      for (String when : List.of("before", "after")) {
        int times = 1 + random.nextInt(step == Step.WRITE ? 12 : 4);
        String halt = step + " " + when + " " + times;
        Process process = root.start(round, "-D" + CrashChild.HALT + "=" + halt);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(halt).isTrue();
        assertThat(root.jvm.result(process)).as(halt).isEqualTo(new ChildJvm.Result(42, "", ""));
        root.check(round++);
      }
    }
    assertThat(due).as("heartbeats that had to be there").isPositive();
  }

  private static void pause(int millis) {
    long endNanos = System.nanoTime() + Duration.ofMillis(millis).toNanos();
    while (System.nanoTime() < endNanos) {
      LockSupport.parkNanos(endNanos - System.nanoTime());
    }
  }

  /** Folders that lose their owner at the same instant. */
  private final class Root {
    private final Path path;
    private final ChildJvm jvm;
    private final List<CrashedFolder> folders = new ArrayList<>();

    Root(String name, int count) throws Exception {
      path = Files.createDirectory(temp.resolve(name));
      jvm = new ChildJvm(path);
      for (int i = 0; i < count; i++) {
        folders.add(new CrashedFolder(path.resolve("folder" + i)));
      }
    }

    Process start(int round, String... options) throws Exception {
      List<String> all = new ArrayList<>(List.of(options));
      all.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // it starts faster
      all.add("-D" + CrashChild.ROOT + "=" + path);
      all.add("-D" + CrashChild.FOLDERS + "=" + folders.size());
      all.add("-D" + CrashChild.ROUND + "=" + round);
      return jvm.start(CrashChild.class, all.toArray(String[]::new));
    }

    void awaitReady(Process process, int round) {
      Path ready = path.resolve("ready." + round);
      Await.until("all folders are open", () -> Files.exists(ready) || !process.isAlive());
      assertThat(process.isAlive()).isTrue();
    }

    void awaitDue(Process process, int round) throws Exception {
      awaitReady(process, round);
      while (!hasDue(round)) {
        assertThat(process.isAlive()).isTrue();
        pause(10);
      }
    }

    private boolean hasDue(int round) throws Exception {
      for (int i = 0; i < folders.size(); i++) {
        if (folders.get(i).hasDue(CrashLog.read(path.resolve("log" + i + "." + round)))) {
          return true;
        }
      }
      return false;
    }

    void check(int round) throws Exception {
      long killedSecond = System.currentTimeMillis() / 1000;
      for (int i = 0; i < folders.size(); i++) {
        Path copy = path.resolve("copy" + i + "." + round);
        CrashLog.Content log = CrashLog.read(path.resolve("log" + i + "." + round));
        try {
          due += folders.get(i).check(log, killedSecond, copy);
        } catch (AssertionError e) {
          throw new AssertionError("seed=" + SEED + " round=" + round + " copy=" + copy, e);
        }
        TestFolders.delete(copy);
      }
    }

    void delete() throws Exception {
      TestFolders.delete(path);
    }
  }
}
