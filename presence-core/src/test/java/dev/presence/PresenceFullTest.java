package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens when {@code maxUsers} are tracked. */
class PresenceFullTest {

  private final ManualClock clock = new ManualClock(1_764_000_000L);
  private final Presence presence =
      Presence.builder().maxUsers(3).clock(clock).sweepInterval(Duration.ZERO).open();

  @AfterEach
  void close() {
    presence.close();
  }

  @Test
  void recordHeartbeat_newUserWhenFull_isRefusedAndCounted() {
    presence.recordHeartbeats(new long[] {1, 2, 3});
    assertThatThrownBy(() -> presence.recordHeartbeat(4))
        .isInstanceOf(PresenceFullException.class)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no room for a new user: maxUsers=3 trackedUsers=3 refused=1");
    assertThat(presence.stats().rejectedHeartbeats()).isEqualTo(1);
    assertThat(presence.isOnline(4)).isFalse();
  }

  @Test
  void recordHeartbeat_trackedUserWhenFull_alwaysUpdates() {
    presence.recordHeartbeats(new long[] {1, 2, 3});
    clock.advance(20);
    presence.recordHeartbeat(2);
    assertThat(presence.lastSeen(2)).isEqualTo(clock.nowSeconds());
  }

  @Test
  void recordHeartbeat_newUserWhenFullOfExpiredUsers_sweepsAndRecords() {
    presence.recordHeartbeats(new long[] {1, 2, 3});
    clock.advance(30);
    presence.recordHeartbeat(4);
    assertThat(presence.isOnline(4)).isTrue();
    assertThat(presence.stats().trackedUsers()).isEqualTo(1);
    assertThat(presence.stats().sweeps()).isEqualTo(1);
    assertThat(presence.stats().rejectedHeartbeats()).isZero();
  }

  @Test
  void recordHeartbeat_newUserAfterADisconnectInTheSameSecond_findsRoom() {
    presence.recordHeartbeats(new long[] {1, 2, 3});
    assertThatThrownBy(() -> presence.recordHeartbeat(4)).isInstanceOf(PresenceFullException.class);
    presence.disconnect(2);
    presence.recordHeartbeat(4);
    assertThat(presence.statusOf(LongStream.rangeClosed(1, 4).toArray()))
        .containsExactly(true, false, true, true);
  }

  @Test
  void recordHeartbeat_manyRefusedBeforeAnybodyExpires_sweepsOnce() {
    presence.recordHeartbeats(new long[] {1, 2, 3});
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> presence.recordHeartbeat(4))
          .isInstanceOf(PresenceFullException.class);
    }
    clock.advance(29);
    assertThatThrownBy(() -> presence.recordHeartbeat(4)).isInstanceOf(PresenceFullException.class);
    assertThat(presence.stats().sweeps()).isEqualTo(1);
    clock.advance(1);
    presence.recordHeartbeat(4);
    assertThat(presence.stats().sweeps()).isEqualTo(2);
  }

  @Test
  void recordHeartbeat_refusedAfterDisconnectsOfUnknownUsers_sweepsOnce() {
    presence.recordHeartbeats(new long[] {1, 2, 3});
    for (int i = 0; i < 10; i++) {
      presence.disconnect(100 + i);
      assertThatThrownBy(() -> presence.recordHeartbeat(4))
          .isInstanceOf(PresenceFullException.class);
    }
    assertThat(presence.stats().sweeps()).isEqualTo(1);
  }

  /** A new user finds the place of a disconnected one without another pass over all users. */
  @Test
  void recordHeartbeat_eachAfterADisconnect_findsRoomWithoutAnotherPass() {
    presence.recordHeartbeats(new long[] {1, 2, 3});
    assertThatThrownBy(() -> presence.recordHeartbeat(4)).isInstanceOf(PresenceFullException.class);
    for (int i = 1; i <= 20; i++) {
      presence.disconnect(i);
      presence.recordHeartbeat(i + 3);
    }
    assertThat(presence.stats().sweeps()).isEqualTo(1);
    assertThat(presence.stats().rejectedHeartbeats()).isEqualTo(1);
    assertThat(presence.onlineCount()).isEqualTo(3);
  }

  @Test
  void recordHeartbeat_lateStampThatExpiresEarly_freesItsPlaceInTime() {
    presence.recordHeartbeats(new long[] {1, 2});
    presence.recordHeartbeat(3, clock.nowSeconds() - 20);
    assertThatThrownBy(() -> presence.recordHeartbeat(4)).isInstanceOf(PresenceFullException.class);
    presence.disconnect(3);
    presence.recordHeartbeat(3, clock.nowSeconds() - 25);
    clock.advance(5);
    presence.recordHeartbeat(4);
    assertThat(presence.isOnline(4)).isTrue();
  }

  @Test
  void recordHeartbeat_longRetention_displacesTheUserOfflineTheLongest() {
    try (Presence keeping =
        Presence.builder()
            .maxUsers(3)
            .retention(Duration.ofDays(7))
            .clock(clock)
            .sweepInterval(Duration.ZERO)
            .open()) {
      keeping.recordHeartbeat(1);
      clock.advance(1_000);
      keeping.recordHeartbeat(2);
      clock.advance(100);
      keeping.recordHeartbeat(3);
      keeping.recordHeartbeat(4);
      assertThat(keeping.lastSeenOf(new long[] {1, 2, 3, 4}))
          .containsExactly(
              Presence.NEVER, clock.nowSeconds() - 100, clock.nowSeconds(), clock.nowSeconds());
      keeping.recordHeartbeat(5);
      assertThat(keeping.lastSeen(2)).isEqualTo(Presence.NEVER);
      assertThatThrownBy(() -> keeping.recordHeartbeat(6))
          .isInstanceOf(PresenceFullException.class);
      keeping.disconnect(3);
      keeping.recordHeartbeat(6);
      assertThat(keeping.statusOf(new long[] {3, 4, 5, 6}))
          .containsExactly(false, true, true, true);
    }
  }

  @Test
  void recordHeartbeats_moreNewUsersThanRoom_recordsAllItCanAndThrowsOnce() {
    presence.recordHeartbeats(new long[] {1, 2});
    clock.advance(20);
    PresenceFullException full =
        catchThrowableOfType(
            PresenceFullException.class,
            () -> presence.recordHeartbeats(new long[] {3, 4, 1, 5, 2, 4}));
    assertThat(full).hasMessage("no room for a new user: maxUsers=3 trackedUsers=3 refused=3");
    assertThat(full.refused()).isEqualTo(3);
    assertThat(presence.stats().rejectedHeartbeats()).isEqualTo(3);
    assertThat(presence.lastSeenOf(new long[] {1, 2, 3, 4, 5}))
        .containsExactly(
            clock.nowSeconds(),
            clock.nowSeconds(),
            clock.nowSeconds(),
            Presence.NEVER,
            Presence.NEVER);
  }

  @Test
  void recordHeartbeats_fullOfExpiredUsers_sweepsAndRecordsAll() {
    presence.recordHeartbeats(new long[] {1, 2, 3});
    clock.advance(30);
    presence.recordHeartbeats(new long[] {4, 5, 6});
    assertThat(presence.statusOf(LongStream.rangeClosed(1, 6).toArray()))
        .containsExactly(false, false, false, true, true, true);
  }
}
