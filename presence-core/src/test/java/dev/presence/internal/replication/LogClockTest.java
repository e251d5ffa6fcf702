package dev.presence.internal.replication;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How the node's time becomes the log's. */
class LogClockTest {

  private static final long NOW = 1_800_000_000_000L;

  private final LogClock clock = new LogClock();

  @Test
  void measured_first_takesTheMiddle() {
    assertThat(clock.measured(NOW, NOW + 100, NOW + 5_050)).isEqualTo(5);
    assertThat(clock.offsetMillis()).isEqualTo(5_000);
    assertThat(clock.toLogMillis(NOW)).isEqualTo(NOW + 5_000);
    assertThat(clock.toLogSecond(10)).isEqualTo(15);
    assertThat(clock.toNodeSecond(15)).isEqualTo(10);
  }

  @Test
  void measured_withinTheBounds_doesNotWaver() {
    clock.measured(NOW, NOW, NOW + 5_000);
    for (int trip = 0; trip < 2_000; trip++) {
      long log = NOW + trip + 5_000 + trip % 700;
      assertThat(clock.measured(NOW + trip, NOW + trip + 700, log)).isZero();
      assertThat(clock.offsetMillis()).isEqualTo(5_000);
    }
  }

  @Test
  void measured_outsideTheBounds_movesToTheNearest() {
    clock.measured(NOW, NOW, NOW);
    clock.measured(NOW, NOW + 10, NOW + 300);
    assertThat(clock.offsetMillis()).isEqualTo(290);
    clock.measured(NOW, NOW + 10, NOW - 300);
    assertThat(clock.offsetMillis()).isEqualTo(-300);
  }

  @Test
  void shift_aroundHalfASecond_doesNotFlicker() {
    clock.measured(NOW, NOW, NOW);
    assertThat(clock.measured(NOW, NOW, NOW + 600)).isZero();
    assertThat(clock.measured(NOW, NOW, NOW + 601)).isEqualTo(1);
    assertThat(clock.measured(NOW, NOW, NOW + 400)).isZero();
    assertThat(clock.measured(NOW, NOW, NOW + 399)).isEqualTo(-1);
    assertThat(clock.measured(NOW, NOW, NOW - 600)).isZero();
    assertThat(clock.measured(NOW, NOW, NOW - 601)).isEqualTo(-1);
  }

  @Test
  void shift_ofAnyOffset_isNoMoreThan600MillisecondsOff() {
    for (long offset = -5_000; offset <= 5_000; offset++) {
      clock.measured(NOW, NOW, NOW + offset);
      assertThat(Math.abs(1_000 * clock.toLogSecond(0) - offset)).isLessThanOrEqualTo(600);
    }
  }

  @Test
  void measured_whileTheClockStepsBack_waitsForTheNext() {
    clock.measured(NOW, NOW, NOW + 1_000);
    assertThat(clock.measured(NOW, NOW - 3_600_000, NOW + 5_000)).isZero();
    assertThat(clock.offsetMillis()).isEqualTo(1_000);
  }
}
