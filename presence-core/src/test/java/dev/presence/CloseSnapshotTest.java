package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code close()} leaves every heartbeat that had returned. {@code -Dpresence.close.snapshots=…}
 * sets how often threads record while it is called.
 */
class CloseSnapshotTest {

  private static final int ROUNDS = Integer.getInteger("presence.close.snapshots", 10);
  private static final int THREADS = 4;
  private static final long USERS_A_THREAD = 1L << 32;

  @TempDir private Path parent;

  @Test
  void close_whileThreadsRecord_keepsWhatHasReturned() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Path folder = parent.resolve("stamps" + round);
      AtomicLong[] returned = new AtomicLong[THREADS];
      recordUntilClosed(folder, returned);
      try (Presence presence = builder(folder).open()) {
        for (int thread = 0; thread < THREADS; thread++) {
          assertThat(online(presence, thread, returned[thread].get()))
              .as("round %d thread %d of %d heartbeats", round, thread, returned[thread].get())
              .isEqualTo(returned[thread].get());
        }
      }
      TestFolders.delete(folder);
    }
  }

  private static void recordUntilClosed(Path folder, AtomicLong[] returned) throws Exception {
    Presence presence = builder(folder).open();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long first = i * USERS_A_THREAD;
      AtomicLong count = new AtomicLong();
      returned[i] = count;
      Thread thread = new Thread(() -> recordUntilClosed(presence, first, count));
      thread.start();
      threads.add(thread);
    }
    Await.until("all record", () -> List.of(returned).stream().allMatch(count -> count.get() > 20));
    presence.close();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** Alone and in batches; a batch that is told too late may be there in part. */
  private static void recordUntilClosed(Presence presence, long first, AtomicLong returned) {
    try {
      while (returned.get() < 100_000) {
        long next = first + returned.get();
        if (next % 3 == 0) {
          presence.recordHeartbeats(new long[] {next, next + 1, next + 2});
          returned.addAndGet(3);
        } else {
          presence.recordHeartbeat(next);
          returned.incrementAndGet();
        }
      }
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("presence is closed");
    }
  }

  private static long online(Presence presence, int thread, long count) {
    long online = 0;
    for (long i = 0; i < count; i++) {
      online += presence.isOnline(thread * USERS_A_THREAD + i) ? 1 : 0;
    }
    return online;
  }

  /** A shutdown hook may close what the main thread is closing, and the JVM halts behind it. */
  @Test
  void close_calledByTwoThreads_bothReturnWhenTheSnapshotIsThere() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path folder = parent.resolve("stamps" + round);
      Presence presence = builder(folder).open();
      presence.recordHeartbeat(1);
      CountDownLatch both = new CountDownLatch(2);
      List<Boolean> isThere = new ArrayList<>();
      Runnable close =
          () -> {
            both.countDown();
            while (both.getCount() > 0) {
              Thread.onSpinWait();
            }
            presence.close();
            synchronized (isThere) {
              isThere.add(Files.exists(folder.resolve("snapshot.0")));
            }
          };
      Thread other = new Thread(close);
      other.start();
      close.run();
      other.join();
      assertThat(isThere).as("round %d", round).containsExactly(true, true);
    }
  }

  @Test
  void close_byAnInterruptedThread_keepsEverythingAndTheInterrupt() {
    Path folder = parent.resolve("stamps");
    Thread.currentThread().interrupt();
    try {
      Presence presence = builder(folder).open();
      presence.recordHeartbeat(1);
      presence.close();
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    try (Presence presence = builder(folder).open()) {
      assertThat(presence.isOnline(1)).isTrue();
    }
  }

  @Test
  void close_fromAShutdownHook_keepsEverything() throws Exception {
    Path folder = parent.resolve("stamps");
    ChildJvm jvm = new ChildJvm(parent);
    String option = "-Dfolder=" + folder;
    String store = "-Ddev.presence.store=" + System.getProperty("dev.presence.store", "");

    assertThat(jvm.run(ClosesInAHook.class, option, store)).isEqualTo(ChildJvm.Result.QUIET);

    try (Presence presence = builder(folder).open()) {
      assertThat(presence.onlineCount()).isEqualTo(1_000);
      assertThat(SnapshotContent.read(folder.resolve("snapshot.0")).header())
          .startsWith("clean=true");
    }
  }

  @Test
  void end_ofTheJvmWithoutClose_leavesTheLastSnapshotAndNoLock() throws Exception {
    Path folder = parent.resolve("stamps");
    try (Presence presence = builder(folder).open()) {
      presence.recordHeartbeat(-1);
    }
    assertThat(new ChildJvm(parent).run(ClosesInAHook.class, "-Dfolder=" + folder, "-Dhook=false"))
        .isEqualTo(ChildJvm.Result.QUIET);

    try (Presence presence = builder(folder).open()) {
      assertThat(presence.isOnline(-1)).isTrue();
      assertThat(presence.stats().damagedSnapshots()).isZero();
    }
  }

  private static PresenceBuilder builder(Path folder) {
    return Presence.builder()
        .persistTo(folder)
        .maxUsers(500_000)
        .onlineWindow(Duration.ofHours(1))
        .snapshotInterval(Duration.ofSeconds(1));
  }

  static final class ClosesInAHook {
    public static void main(String[] args) {
      Presence presence = builder(Path.of(System.getProperty("folder"))).open();
      if (!"false".equals(System.getProperty("hook"))) {
        Runtime.getRuntime().addShutdownHook(new Thread(presence::close));
      }
      for (int i = 0; i < 1_000; i++) {
        presence.recordHeartbeat(i);
      }
    }
  }
}
