package dev.presence.internal.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A window of 30 seconds, and a machine that has run for 1,000 seconds. */
class ClockGuardTest {

  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long NOW_SECONDS = 1_764_000_000L;

  private final ClockGuard guard = new ClockGuard(30);

  private boolean allows(long clockSeconds, long machineSeconds) {
    return guard.allows(NOW_SECONDS + clockSeconds, (1_000 + machineSeconds) * SECOND_NANOS);
  }

  @Test
  void allows_clockInStep_always() {
    for (int second = 0; second < 1_000; second++) {
      assertThat(allows(second, second)).isTrue();
    }
  }

  @Test
  void allows_jumpOfHalfAWindow_goesOn() {
    assertThat(allows(0, 0)).isTrue();
    assertThat(allows(16, 1)).isTrue();
  }

  @Test
  void allows_jumpOfMoreThanHalfAWindow_holdsForOneWindow() {
    assertThat(allows(0, 0)).isTrue();
    assertThat(allows(17, 1)).isFalse();
    assertThat(allows(18, 2)).isFalse();
    assertThat(allows(46, 30)).isFalse();
    assertThat(allows(47, 31)).isTrue();
    assertThat(allows(48, 32)).isTrue();
  }

  @Test
  void allows_anotherJumpMeanwhile_holdsAgain() {
    assertThat(allows(0, 0)).isTrue();
    assertThat(allows(1_000, 1)).isFalse();
    assertThat(allows(2_000, 20)).isFalse();
    assertThat(allows(2_029, 49)).isFalse();
    assertThat(allows(2_030, 50)).isTrue();
  }

  @Test
  void allows_clockThatStepsBack_goesOn() {
    assertThat(allows(0, 0)).isTrue();
    assertThat(allows(-1_000, 1)).isTrue();
    assertThat(allows(-999, 2)).isTrue();
  }

  @Test
  void allows_clockThatRunsFast_goesOn() {
    for (int second = 0; second < 1_000; second++) {
      assertThat(allows(2L * second, second)).isTrue();
    }
  }
}
