package dev.presence.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presence.Await;
import dev.presence.internal.store.Stamp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that does not answer holds up {@code close} for a limited time, and nothing else. */
class HangingDiskTest {

  private static final Duration LAST_SNAPSHOT = Duration.ofMillis(300);

  /** Closing waits for calls inside, too: 1.5 seconds. The rest is for a busy machine. */
  private static final Duration LIMIT = Duration.ofSeconds(6);

  private final CountDownLatch disk = new CountDownLatch(1);
  private final CountDownLatch hanging = new CountDownLatch(1);
  private volatile Step hangsAt;
  private LogRecorder log;

  @TempDir private Path folder;

  @BeforeEach
  void recordLog() {
    log = new LogRecorder();
  }

  @AfterEach
  void endLog() {
    log.close();
  }

  @ParameterizedTest
  @EnumSource(Step.class)
  void close_keeperHangs_returnsInTimeAndTheFolderIsFreeLater(Step step) throws Exception {
    KeptStore kept = open(Duration.ofMillis(10), true);
    kept.record(1);
    awaitSnapshots(kept);
    hangsAt = step;
    hanging.await();

    closeInTime(kept);

    assertThat(log.lines())
        .anyMatch(line -> line.startsWith("WARNING a snapshot could not be written"));
    assertThatTheFolderIsFreeLater();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void close_lastSnapshotHangs_returnsInTimeAndTheFolderIsFreeLater(boolean lockFree) {
    KeptStore kept = open(Duration.ofDays(1), lockFree);
    kept.record(1);
    hangsAt = Step.FORCE;

    closeInTime(kept);

    assertThat(hanging.getCount()).isZero();
    assertThatTheFolderIsFreeLater();
  }

  /** Whatever the keeper is doing at that moment. */
  @Test
  void close_atAnyMoment_endsTheKeepersThread() {
    for (int i = 0; i < 200; i++) {
      open(Duration.ZERO, true).close();
    }
    Await.until("all keepers have ended", () -> keepers() == 0);
  }

  private static long keepers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("kept-keeper"))
        .count();
  }

  @Test
  void heartbeats_whileTheKeeperHangs_goOn() throws Exception {
    KeptStore kept = open(Duration.ofMillis(10), true);
    hangsAt = Step.FORCE;
    hanging.await();
    for (int i = 0; i < 10_000; i++) {
      kept.record(i);
    }
    assertThat(kept.store.users().tracked()).isEqualTo(10_000);
    disk.countDown();
    kept.close();
    try (KeptStore again = open(Duration.ofDays(1), true)) {
      assertThat(again.store.users().tracked()).isEqualTo(10_000);
    }
  }

  private void closeInTime(KeptStore kept) {
    long startNanos = System.nanoTime();
    kept.close();
    assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(LIMIT);
  }

  /** The thread that hangs may still change files; nobody else may have the folder until then. */
  private void assertThatTheFolderIsFreeLater() {
    assertThatThrownBy(() -> open(Duration.ofDays(1), true))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("a folder must be used by one presence at a time");
    hangsAt = null;
    disk.countDown();
    Await.until("the folder is free", this::opensWithTheUser);
  }

  private boolean opensWithTheUser() {
    try (KeptStore kept = open(Duration.ofDays(1), true)) {
      assertThat(kept.store.stampOf(1)).isNotEqualTo(Stamp.NONE);
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  private static void awaitSnapshots(KeptStore kept) {
    long finished = kept.snapshots.finished();
    Await.until("snapshots", () -> kept.snapshots.finished() > finished + 2);
  }

  private KeptStore open(Duration interval, boolean lockFree) {
    return KeptStore.open(
        folder,
        interval,
        real ->
            new SteppedFiles(real) {
              @Override
              void before(Step step, String name) {
                if (step == hangsAt) {
                  hang();
                }
              }
            },
        LAST_SNAPSHOT,
        lockFree);
  }

  private void hang() {
    hanging.countDown();
    try {
      disk.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
