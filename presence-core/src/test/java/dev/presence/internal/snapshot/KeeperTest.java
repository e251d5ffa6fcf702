package dev.presence.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.ManualClock;
import dev.presence.internal.jfr.Recorder;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.SegmentScan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keeper's loop, run by the test: each pause is written down instead of waited for. */
class KeeperTest {

  private static final long NOW = 1_764_000_000L;
  private static final Duration SLOW = Duration.ofMillis(200);

  private final ManualClock clock = new ManualClock(NOW);
  private final List<Duration> pauses = new ArrayList<>();
  private FolderLock lock;
  private LogRecorder log;

  @TempDir private Path folder;

  @BeforeEach
  void open() throws Exception {
    log = new LogRecorder();
    lock = FolderLock.take(folder);
  }

  @AfterEach
  void close() {
    lock.release();
    log.close();
  }

  @Test
  void run_whileTheDiskIsInTrouble_pausesUpToTenSeconds() {
    FailingFiles files = new FailingFiles(new SystemFiles(folder));
    files.fail(Step.FORCE);
    Keeper keeper =
        new TestedKeeper(files, Duration.ofMinutes(1), 0) {
          @Override
          void paused() {
            switch (pauses.size()) {
              case 8 -> files.fail(null);
              case 9 -> files.fail(Step.RENAME);
              case 11 -> stop();
              default -> {}
            }
          }
        };
    keeper.run();

    assertThat(pauses.subList(0, 8)).isEqualTo(seconds(60, 1, 2, 4, 8, 10, 10, 10));
    assertThat(pauses.get(8)).as("after a snapshot").isGreaterThan(Duration.ofSeconds(40));
    assertThat(pauses.subList(9, 11)).isEqualTo(seconds(1, 2));
    assertThat(keeper.finished()).isEqualTo(1);
    assertThat(keeper.failed()).isEqualTo(9);
    assertThat(log.lines()).hasSize(3); // it begins, it is over, it begins again
  }

  @Test
  void run_diskIsSlow_staysWithTheInterval() {
    assertThat(pauseOnASlowDisk(0)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void run_snapshotsAreMuchWork_stretchesTheIntervalByTheTimeOnACore() {
    Duration untilTheNext = Duration.ofSeconds(2); // 20 times 100 ms
    assertThat(pauseOnASlowDisk(Duration.ofMillis(100).toNanos()))
        .isBetween(untilTheNext.minusSeconds(1), untilTheNext.minus(SLOW));
  }

  @Test
  void run_jvmDoesNotKnowTheTimeOnACore_takesTheElapsedTime() {
    assertThat(pauseOnASlowDisk(-1)).isGreaterThanOrEqualTo(SLOW.multipliedBy(19));
  }

  @Test
  void seconds_ofTheLastSnapshot_areThoseOfItsBeginningAndItsEnd() {
    FailingFiles files =
        new FailingFiles(new SystemFiles(folder)) {
          @Override
          void before(Step step, String name) throws IOException {
            if (step == Step.FORCE) {
              clock.advance(3);
            }
            super.before(step, name);
          }
        };
    List<Long> seconds = new ArrayList<>();
    Keeper keeper =
        new TestedKeeper(files, Duration.ofMinutes(1), 0) {
          @Override
          void paused() {
            seconds.add(begunSecond());
            seconds.add(finishedSecond());
            clock.advance(60);
            if (pauses.size() == 2) {
              files.fail(Step.RENAME);
            } else if (pauses.size() == 3) {
              stop();
            }
          }
        };
    keeper.run();

    assertThat(seconds)
        .containsExactly(Long.MIN_VALUE, Long.MIN_VALUE, NOW + 60, NOW + 63, NOW + 60, NOW + 63);
  }

  /** Writes two snapshots at an interval of a second; returns the pause after the second one. */
  private Duration pauseOnASlowDisk(long cpuNanosEach) {
    SnapshotFiles files =
        new SteppedFiles(new SystemFiles(folder)) {
          @Override
          void before(Step step, String name) {
            if (step == Step.CREATE) {
              LockSupport.parkNanos(SLOW.toNanos());
            }
          }
        };
    Keeper keeper =
        new TestedKeeper(files, Duration.ofSeconds(1), cpuNanosEach) {
          @Override
          void paused() {
            if (pauses.size() == 3) {
              stop();
            }
          }
        };
    keeper.run();
    assertThat(keeper.finished()).isEqualTo(2);
    return pauses.get(2);
  }

  private static List<Duration> seconds(Integer... seconds) {
    return Stream.of(seconds).map(Duration::ofSeconds).toList();
  }

  /** Pauses for no time, and says itself how long it has worked. */
  private class TestedKeeper extends Keeper {
    private final long cpuNanosEach;
    private long cpuNanos;

    TestedKeeper(SnapshotFiles files, Duration interval, long cpuNanosEach) {
      super(
          lock,
          new SnapshotWriter(files),
          new Nobody(),
          new EpochClock(clock),
          30,
          60,
          interval.toNanos(),
          0,
          Recorder.none());
      this.cpuNanosEach = cpuNanosEach;
    }

    void paused() {}

    @Override
    void pause(long nanos) {
      pauses.add(Duration.ofNanos(nanos));
      paused();
    }

    @Override
    long cpuNanos() {
      return cpuNanosEach < 0 ? -1 : (cpuNanos += cpuNanosEach);
    }
  }

  private static final class Nobody implements SegmentScan {
    @Override
    public int segments() {
      return 1;
    }

    @Override
    public int largestSegment() {
      return 0;
    }

    @Override
    public int younger(int segment, long nowSeconds, long ageSeconds, long[] userIds, int[] into) {
      return 0;
    }
  }
}
