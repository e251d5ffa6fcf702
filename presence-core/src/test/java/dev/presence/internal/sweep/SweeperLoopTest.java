package dev.presence.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.ManualClock;
import dev.presence.internal.chronicle.ChronicleStore;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.jfr.Recorder;
import dev.presence.internal.store.EpochClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs the sweeper's loop on the test's thread, in a time that only the loop's pauses move. */
class SweeperLoopTest {

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long MAX_USERS = 100_000;
  private static final long RETENTION_SECONDS = 30;

  private final ManualClock clock = new ManualClock(1_000);
  private final ChronicleStore store = new ChronicleStore(UserMap.open("test", MAX_USERS));
  private final Sweeper sweeper =
      new Sweeper(
          store, new EpochClock(clock), RETENTION_SECONDS, RETENTION_SECONDS, Recorder.none());

  private boolean closed;

  @AfterEach
  void close() {
    store.close();
  }

  /** A time that passes only in pauses. Ends the loop when enough has passed. */
  private final class SteppedPace implements SweeperLoop.Pace {
    private final long endNanos;
    private final List<Long> pauses = new ArrayList<>();
    private long nanoTime;
    private long lateNanos;

    SteppedPace(long endNanos) {
      this.endNanos = endNanos;
    }

    @Override
    public long nanoTime() {
      return nanoTime;
    }

    @Override
    public void pause(long nanos) {
      pauses.add(nanos);
      nanoTime += pauses.size() == 2 ? nanos + lateNanos : nanos;
      if (nanoTime >= endNanos) {
        closed = true;
      }
    }
  }

  private SteppedPace run(EpochClock time, long intervals) {
    SteppedPace pace = new SteppedPace(intervals * 10 * SECOND_NANOS);
    new SweeperLoop(sweeper, () -> closed, time, 10 * SECOND_NANOS, pace, null).run();
    return pace;
  }

  /** The clock jumps by 1,000 seconds after 15 seconds, and would expire everybody. */
  @ParameterizedTest
  @CsvSource({"40, 0", "60, 1"})
  void run_clockJumpsAhead_removesNobodyForOneWindow(long seconds, long removed) {
    store.raise(1, 1_000);
    SteppedPace pace = new SteppedPace(seconds * SECOND_NANOS);
    EpochClock jumping =
        new EpochClock(
            () -> {
              long passedSeconds = pace.nanoTime() / SECOND_NANOS;
              return Instant.ofEpochSecond(passedSeconds + (passedSeconds < 15 ? 1_000 : 2_000));
            });
    ClockGuard guard = new ClockGuard(RETENTION_SECONDS);
    new SweeperLoop(sweeper, () -> closed, jumping, 10 * SECOND_NANOS, pace, guard).run();
    assertThat(sweeper.removed()).isEqualTo(removed);
  }

  @Test
  void run_onePassPerInterval_removesExpiredUsers() {
    for (long id = 0; id < 1_000; id++) {
      store.raise(id, 1_000);
    }
    store.raise(5, 1_001);
    clock.set(1_030);
    run(new EpochClock(clock), 3);
    assertThat(sweeper.completed()).isEqualTo(3);
    assertThat(sweeper.removed()).isEqualTo(999);
    assertThat(store.stampOf(5)).isEqualTo(1_001);
    assertThat(store.users().tracked()).isEqualTo(1);
  }

  /** The second pause of ten takes longer than it should. */
  @ParameterizedTest
  @CsvSource({"0, 0", "100000000, 0", "100000001, 1", "5000000000, 1"})
  void run_pauseThatTakesLonger_isALateTick(long lateNanos, long lateTicks) {
    SteppedPace pace = new SteppedPace(10 * SECOND_NANOS);
    pace.lateNanos = lateNanos;
    new SweeperLoop(sweeper, () -> closed, new EpochClock(clock), 10 * SECOND_NANOS, pace, null)
        .run();
    assertThat(sweeper.lateTicks().count()).isEqualTo(lateTicks);
  }

  @Test
  void pass_ofTheCaller_isTimed() {
    sweeper.pass(1_000);
    long firstNanos = sweeper.workNanos();
    assertThat(firstNanos).isPositive().isEqualTo(sweeper.longestPassNanos());
    sweeper.pass(1_000);
    assertThat(sweeper.workNanos()).isGreaterThan(firstNanos);
    assertThat(sweeper.longestPassNanos())
        .isGreaterThanOrEqualTo(firstNanos)
        .isLessThan(sweeper.workNanos());
  }

  @Test
  void run_severalSegments_spreadsThemOverTheInterval() {
    SteppedPace pace = run(new EpochClock(clock), 1);
    assertThat(store.segments()).isEqualTo(10);
    assertThat(pace.pauses).hasSize(10).allMatch(nanos -> nanos == SECOND_NANOS);
  }

  @Test
  void run_passThrows_countsItAndRunsTheNextAnIntervalLater() {
    store.raise(1, 900);
    int[] readings = {0};
    EpochClock failing =
        new EpochClock(
            () -> {
              if (readings[0]++ == 0) {
                throw new IllegalStateException("no time");
              }
              return clock.instant();
            });
    SteppedPace pace = run(failing, 2);
    assertThat(sweeper.failed()).isEqualTo(1);
    assertThat(sweeper.completed()).isEqualTo(1);
    assertThat(sweeper.removed()).isEqualTo(1);
    assertThat(pace.pauses.get(0)).isEqualTo(10 * SECOND_NANOS);
  }

  /**
   * A clock that fails in the middle of every pass must not leave the later segments unswept
   * forever.
   */
  @Test
  void run_clockThrowsInEveryPass_sweepsEverySegmentAllTheSame() {
    for (long id = 0; id < 10_000; id++) {
      store.raise(id, 900);
    }
    int[] readings = {0};
    EpochClock failing =
        new EpochClock(
            () -> {
              if (++readings[0] % 3 == 0) {
                throw new IllegalStateException("no time");
              }
              return clock.instant();
            });
    run(failing, 6);
    assertThat(sweeper.completed()).isZero();
    assertThat(sweeper.failed()).isEqualTo(6);
    assertThat(sweeper.removed()).isEqualTo(10_000);
  }

  /** The thread reads the clock and then does not run for longer than the window. */
  @Test
  void sweepSegment_heldUpAfterReadingTheClock_keepsHeartbeatsReceivedMeanwhile() {
    clock.set(1_100);
    store.raise(1, 1_100);
    sweeper.sweepSegment(store.segmentOf(1), 1_000, sweeper.newSweep());
    assertThat(store.stampOf(1)).isEqualTo(1_100);
  }

  @Test
  void sweepSegment_clockHasSteppedBack_lowersFutureStampsToNow() {
    clock.set(1_069);
    store.raise(1, 1_100);
    sweeper.sweepSegment(store.segmentOf(1), 1_000, sweeper.newSweep());
    assertThat(store.stampOf(1)).isEqualTo(1_069);
  }

  @Test
  void run_closed_endsWithoutAPass() {
    closed = true;
    run(new EpochClock(clock), 1);
    assertThat(sweeper.completed()).isZero();
    assertThat(sweeper.failed()).isZero();
  }

  @Test
  void systemPace_interruptedThread_stillPauses() {
    Thread.currentThread().interrupt();
    SweeperLoop.Pace.SYSTEM.pause(1_000);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
