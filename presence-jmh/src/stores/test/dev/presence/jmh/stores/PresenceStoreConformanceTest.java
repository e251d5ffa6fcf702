package dev.presence.jmh.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.presence.jmh.stores.StoreType.LateStamp;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * All stores answer alike, or differ in a known way; otherwise comparing their speed would mean
 * nothing. Calls carry their time; only what a store removes by itself depends on its own clock.
 */
@Tag("server")
class PresenceStoreConformanceTest {

  private static final int WINDOW = StoreSettings.DEFAULT.windowSeconds();
  private static final long USER = -7;
  private static final long STRANGER = 99;
  private static final Servers SERVERS = new Servers();

  /** New in each test: some stores remove users by their own clock. */
  private final long now = System.currentTimeMillis() / 1000;

  @AfterAll
  static void stop() {
    SERVERS.close();
  }

  @ParameterizedTest
  @EnumSource
  void isOnline_afterAHeartbeat_true(StoreType type) {
    try (PresenceStore store = SERVERS.open(type, StoreSettings.DEFAULT)) {
      store.heartbeat(USER, now);

      assertThat(store.isOnline(USER, now)).isTrue();
      assertThat(store.isOnline(USER, now + WINDOW - 1)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "MARIADB_BOOLEAN")
  void isOnline_ageOfTheWindow_false(StoreType type) {
    try (PresenceStore store = SERVERS.open(type, StoreSettings.DEFAULT)) {
      store.heartbeat(USER, now);

      assertThat(store.isOnline(USER, now + WINDOW)).isFalse();
      assertThat(store.statusOf(new long[] {USER}, now + WINDOW)).containsExactly(false);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "MARIADB_BOOLEAN")
  void isOnline_crashedClientOfABoolean_trueForever(StoreType type) {
    try (PresenceStore store = SERVERS.open(type, StoreSettings.DEFAULT)) {
      store.heartbeat(USER, now); // and then nothing

      assertThat(type.knowsTime()).isFalse();
      assertThat(store.isOnline(USER, now + WINDOW)).isTrue();
      assertThat(store.isOnline(USER, now + Duration.ofDays(365).toSeconds())).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void isOnline_unknownUser_false(StoreType type) {
    try (PresenceStore store = SERVERS.open(type, StoreSettings.DEFAULT)) {
      assertThat(store.isOnline(STRANGER, now)).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void statusOf_duplicatesAndStrangers_answersByPosition(StoreType type) {
    try (PresenceStore store = SERVERS.open(type, StoreSettings.DEFAULT)) {
      store.heartbeats(new long[] {USER, 5, USER}, now);

      assertThat(store.statusOf(new long[] {STRANGER, USER, 5, STRANGER, USER}, now))
          .containsExactly(false, true, true, false, true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void batch_empty_doesNothing(StoreType type) {
    try (PresenceStore store = SERVERS.open(type, StoreSettings.DEFAULT)) {
      store.heartbeats(new long[0], now);

      assertThat(store.statusOf(new long[0], now)).isEmpty();
      assertThat(store.storedUsers()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void batch_largerThanEveryLimit_isSplit(StoreType type) {
    long[] ids = LongStream.range(0, 1100).map(i -> i * 7919 - 3_000_000).toArray();
    try (PresenceStore store = SERVERS.open(type, StoreSettings.DEFAULT)) {
      store.heartbeats(ids, now);

      boolean[] expected = new boolean[ids.length];
      Arrays.fill(expected, true);
      assertThat(store.statusOf(ids, now)).isEqualTo(expected);
      assertThat(store.storedUsers()).isEqualTo(ids.length);
      assertThat(store.bytesUsed()).isNotNegative();
    }
  }

  @ParameterizedTest
  @EnumSource
  void id_anyLong_isAUser(StoreType type) {
    long[] ids = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE};
    try (PresenceStore store = SERVERS.open(type, StoreSettings.DEFAULT)) {
      store.heartbeats(ids, now);

      assertThat(store.statusOf(ids, now)).containsOnly(true).hasSize(ids.length);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "MARIADB_BOOLEAN")
  void heartbeat_late_isIgnoredWhereTheStoreCan(StoreType type) {
    try (PresenceStore store = SERVERS.open(type, StoreSettings.DEFAULT)) {
      store.heartbeat(USER, now);
      store.heartbeat(USER, now - 10);

      assertThat(store.isOnline(USER, now + WINDOW - 1))
          .isEqualTo(type.lateStamp() != LateStamp.TAKEN);
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "MARIADB_BOOLEAN")
  void heartbeats_late_areIgnoredWhereTheStoreCan(StoreType type) {
    assumeThat(type).as("its batch has no stamps").isNotEqualTo(StoreType.PRESENCE);
    try (PresenceStore store = SERVERS.open(type, StoreSettings.DEFAULT)) {
      store.heartbeats(new long[] {USER}, now);
      store.heartbeats(new long[] {USER}, now - 10);

      assertThat(store.isOnline(USER, now + WINDOW - 1))
          .isEqualTo(type.lateStamp() == LateStamp.IGNORED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void disconnect_onlineUser_offlineAtOnce(StoreType type) {
    try (PresenceStore store = SERVERS.open(type, StoreSettings.DEFAULT)) {
      store.heartbeats(new long[] {USER, 5}, now);
      store.disconnect(USER);
      store.disconnect(STRANGER);

      assertThat(store.statusOf(new long[] {USER, 5}, now)).containsExactly(false, true);

      store.heartbeat(USER, now);

      assertThat(store.isOnline(USER, now)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "MARIADB_BOOLEAN")
  void expiry_byTheStoresOwnMechanism_removesUsers(StoreType type) throws InterruptedException {
    long[] ids = LongStream.range(0, 10).toArray();
    try (PresenceStore store = SERVERS.open(type, StoreSettings.DEFAULT.withWindowSeconds(1))) {
      long seen = System.currentTimeMillis() / 1000;
      store.heartbeats(ids, seen);

      assertThat(Polling.until(() -> expired(store, seen + 1) == 0)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void connections_onePerCall_answersTheSame(StoreType type) {
    try (PresenceStore store =
        SERVERS.open(type, StoreSettings.DEFAULT.with(Connections.ONE_PER_CALL))) {
      store.heartbeat(USER, now);
      store.heartbeats(new long[] {5}, now);

      assertThat(store.statusOf(new long[] {5, STRANGER, USER}, now))
          .containsExactly(true, false, true);
    }
  }

  @ParameterizedTest
  @EnumSource
  void drop_always_leavesNobody(StoreType type) {
    assumeThat(type).as("it ends with its process").isNotEqualTo(StoreType.PRESENCE);
    try (PresenceStore store = SERVERS.open(type, StoreSettings.DEFAULT)) {
      store.heartbeats(new long[] {USER, 5}, now);
      store.drop();
    }
    try (PresenceStore store = type.open(SERVERS.address(type), StoreSettings.DEFAULT)) {
      assertThat(store.storedUsers()).isZero();
    }
  }

  private static long expired(PresenceStore store, long nowSecond) {
    store.removeExpired(nowSecond); // only where the store does not do so itself
    return store.storedUsers();
  }
}
