package dev.presence.internal.transitions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A hold of 10 seconds. Times are in milliseconds since the first look. */
class PauseGuardTest {

  private static final long NOW_SECONDS = 1_764_000_000L;

  private final PauseGuard guard = new PauseGuard(10_000_000_000L, true);

  /** The second it is for the listeners, counted from the first look. */
  private long second(PauseGuard guard, long clockSecond, long machineMillis) {
    return guard.second(NOW_SECONDS + clockSecond, 7_000_000_000L + machineMillis * 1_000_000)
        - NOW_SECONDS;
  }

  private long second(long clockSecond, long machineMillis) {
    return second(guard, clockSecond, machineMillis);
  }

  @Test
  void looksInTime_theSecondIsTheClocks() {
    for (int i = 0; i < 100_000; i++) {
      assertThat(second(i / 100, i * 10L)).isEqualTo(i / 100);
    }
    assertThat(guard.holds()).isZero();
  }

  @Test
  void lateLook_timeStandsStillForTheHold_thenGoesOn() {
    second(0, 0);
    assertThat(second(11, 10_500)).isZero();
    assertThat(second(16, 16_000)).isZero();
    assertThat(second(20, 20_499)).isZero();
    assertThat(second(21, 20_500)).isEqualTo(21);
    assertThat(guard.holds()).isEqualTo(1);
  }

  @Test
  void lookThatIsNotTooLate_isNoPause() {
    second(0, 0);
    assertThat(second(10, 10_000)).isEqualTo(10);
    assertThat(guard.holds()).isZero();
  }

  @Test
  void processAlwaysLate_timeGoesOnAfterEachHold() {
    second(0, 0);
    assertThat(second(30, 30_000)).isZero();
    assertThat(second(60, 60_000)).isEqualTo(60);
    assertThat(second(90, 90_000)).isEqualTo(60);
    assertThat(second(120, 120_000)).isEqualTo(120);
    assertThat(guard.holds()).isEqualTo(2);
  }

  @Test
  void clockAhead_isHeld() {
    second(0, 0);
    assertThat(second(12, 10)).isZero();
    assertThat(second(13, 1_010)).isZero();
    assertThat(second(22, 10_010)).isEqualTo(22);
    assertThat(guard.holds()).isEqualTo(1);
  }

  @Test
  void clockAheadByLessThanTheHold_isFollowed() {
    second(0, 0);
    assertThat(second(10, 10)).isEqualTo(10);
    assertThat(guard.holds()).isZero();
  }

  @Test
  void clockOfTheApplication_mayJump() {
    PauseGuard other = new PauseGuard(10_000_000_000L, false);
    second(other, 0, 0);
    assertThat(second(other, 5_000, 10)).isEqualTo(5_000);
    assertThat(second(other, 5_011, 11_000)).isEqualTo(5_000); // late by the machine's time
    assertThat(other.holds()).isEqualTo(1);
  }

  @Test
  void clockBack_isFollowed_inAHoldToo() {
    second(100, 0);
    assertThat(second(40, 10)).isEqualTo(40);
    assertThat(second(60, 20)).isEqualTo(40);
    assertThat(second(30, 30)).isEqualTo(30);
    assertThat(second(70, 40)).isEqualTo(40);
  }

  @Test
  void noHold_isAsked_nothingIsHeld() {
    PauseGuard off = new PauseGuard(0, true);
    off.resume(NOW_SECONDS - 1_000, NOW_SECONDS, 0);
    assertThat(second(off, 0, 0)).isZero();
    assertThat(second(off, 500, 10)).isEqualTo(500);
    assertThat(second(off, 600, 100_000)).isEqualTo(600);
    assertThat(off.holds()).isZero();
  }

  @Test
  void restartOfTheProcess_timeStandsAtTheLastKnownSecond() {
    guard.resume(NOW_SECONDS - 60, NOW_SECONDS, 7_000_000_000L);
    assertThat(guard.heldSecond(7_000_000_000L)).isEqualTo(NOW_SECONDS - 60);
    assertThat(second(9, 9_999)).isEqualTo(-60);
    assertThat(second(10, 10_000)).isEqualTo(10);
    assertThat(guard.heldSecond(17_000_000_000L)).isEqualTo(Long.MAX_VALUE);
    assertThat(guard.holds()).isEqualTo(1);
  }

  @Test
  void shortRestart_isNoPause() {
    guard.resume(NOW_SECONDS - 10, NOW_SECONDS, 7_000_000_000L);
    assertThat(second(0, 0)).isZero();
    assertThat(guard.holds()).isZero();
  }

  @Test
  void nobodyListensForAWhile_isNoPause() {
    second(0, 0);
    guard.restart();
    assertThat(second(500, 500_000)).isEqualTo(500);
    assertThat(guard.holds()).isZero();
  }
}
