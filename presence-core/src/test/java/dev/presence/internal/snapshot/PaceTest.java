package dev.presence.internal.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The keeper's pauses, in seconds. */
class PaceTest {

  private final Pace pace = new Pace(nanos(5));

  @Test
  void afterSnapshot_ofLittleWork_endsTheInterval() {
    assertThat(afterSnapshot(0.5, 0.2)).isEqualTo(4.5);
    assertThat(afterSnapshot(0.5, 0.2)).isEqualTo(4.5);
  }

  /** Begins are 10 seconds apart, of which it has worked half a second. */
  @Test
  void afterSnapshot_ofMuchWork_leavesNineteenTwentiethsOfACore() {
    afterSnapshot(1, 1);
    assertThat(afterSnapshot(0.75, 0.5)).isEqualTo(9.25);
  }

  @Test
  void afterSnapshot_thatTookLongerThanTheInterval_isNone() {
    afterSnapshot(1, 1);
    assertThat(afterSnapshot(60, 0.1)).isNegative();
  }

  @Test
  void afterSnapshot_theFirst_doesNotCountTheWork() {
    assertThat(afterSnapshot(2, 2)).isEqualTo(3);
  }

  @Test
  void afterFailure_doublesUpToTenSeconds() {
    Pace hourly = new Pace(nanos(3600));
    assertThat(Stream.generate(() -> seconds(hourly.afterFailure(0))).limit(7))
        .containsExactly(1.0, 2.0, 4.0, 8.0, 10.0, 10.0, 10.0);
  }

  @Test
  void afterFailure_isNoLongerThanTheInterval() {
    assertThat(Stream.generate(this::afterFailure).limit(5))
        .containsExactly(1.0, 2.0, 4.0, 5.0, 5.0);
  }

  @Test
  void afterFailure_whenASnapshotWasWholeAgain_beginsAtOneSecond() {
    Stream.generate(this::afterFailure).limit(5).forEach(pause -> {});
    afterSnapshot(0.5, 0.2);
    assertThat(afterFailure()).isEqualTo(1);
  }

  /** Attempts are work, too; yet a snapshot must be whole soon after the end of the trouble. */
  @Test
  void afterFailure_ofMuchWork_leavesNineteenTwentiethsOfACoreUpToTenSeconds() {
    assertThat(seconds(pace.afterFailure(nanos(0.4)))).isEqualTo(8);
    assertThat(seconds(pace.afterFailure(nanos(60)))).isEqualTo(10);
  }

  private double afterSnapshot(double took, double work) {
    return seconds(pace.afterSnapshot(nanos(took), nanos(work)));
  }

  private double afterFailure() {
    return seconds(pace.afterFailure(0));
  }

  private static long nanos(double seconds) {
    return (long) (seconds * Duration.ofSeconds(1).toNanos());
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
