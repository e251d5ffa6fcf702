package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All contenders answer alike; otherwise comparing their speed would mean nothing. */
class ContenderTypeTest {

  private static final int USERS = 1000;
  private static final long KNOWN = Users.id(1);
  private static final long UNKNOWN = Users.id(USERS + 1);

  private final BenchmarkClock clock = new BenchmarkClock();

  @ParameterizedTest
  @EnumSource
  void isOnline_unknownUser_false(ContenderType type) {
    try (Contender contender = type.open(USERS, clock, 1)) {
      assertThat(contender.isOnline(UNKNOWN)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isOnline_ageOfOneSecondLessThanTheWindow_true(ContenderType type) {
    try (Contender contender = type.open(USERS, clock, 1)) {
      contender.heartbeat(KNOWN);
      clock.advanceSeconds(Contender.WINDOW_SECONDS - 1);

      assertThat(contender.isOnline(KNOWN)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isOnline_ageOfTheWindow_false(ContenderType type) {
    try (Contender contender = type.open(USERS, clock, 1)) {
      contender.heartbeat(KNOWN);
      clock.advanceSeconds(Contender.WINDOW_SECONDS);

      assertThat(contender.isOnline(KNOWN)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void heartbeat_knownUser_startsTheWindowAnew(ContenderType type) {
    try (Contender contender = type.open(USERS, clock, 1)) {
      contender.heartbeat(KNOWN);
      clock.advanceSeconds(Contender.WINDOW_SECONDS - 1);
      contender.heartbeat(KNOWN);
      clock.advanceSeconds(Contender.WINDOW_SECONDS - 1);

      assertThat(contender.isOnline(KNOWN)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void heartbeats_knownUsers_startTheWindowAnew(ContenderType type) {
    try (Contender contender = type.open(USERS, clock, 1)) {
      Contender unused = Users.recorded(contender, USERS, false);
      clock.advanceSeconds(Contender.WINDOW_SECONDS - 1);
      contender.heartbeats(new long[] {KNOWN});
      clock.advanceSeconds(1);

      assertThat(Users.countOnline(contender, USERS)).isEqualTo(1);
      assertThat(contender.isOnline(KNOWN)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void statusOf_knownAndUnknownUsers_answersByPosition(ContenderType type) {
    try (Contender contender = type.open(USERS, clock, 1)) {
      contender.heartbeats(new long[] {KNOWN});
      boolean[] online = {true, false, true, false};

      contender.statusOf(new long[] {UNKNOWN, KNOWN, UNKNOWN, KNOWN}, online);

      assertThat(online).containsExactly(false, true, false, true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void recorded_anyContender_holdsEveryUser(ContenderType type) {
    try (Contender contender = Users.recorded(type, USERS, clock, 1)) {
      assertThat(Users.countOnline(contender, USERS)).isEqualTo(USERS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void check_usersExpired_fails(ContenderType type) {
    try (Contender contender = type.open(USERS, clock, 1)) {
      Contender unused = Users.recorded(contender, USERS, false);
      clock.advanceSeconds(Contender.WINDOW_SECONDS);

      assertThatThrownBy(() -> Users.check(contender, USERS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "all recorded users and no others must be online:"
                  + " sample=1000 online=0 othersOnline=0");
    }
  }

  @Test
  void open_twoThreadsWithoutSynchronisation_throws() {
    assertThatThrownBy(() -> ContenderType.HPPC.open(USERS, clock, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be 1 without synchronisation: contender=HPPC threads=2");
  }
}
