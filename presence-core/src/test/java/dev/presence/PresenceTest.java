package dev.presence;

import static dev.presence.Presence.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of {@link Presence}, one user or one batch at a time. */
class PresenceTest {

  private static final long T0 = 1_764_000_000L;
  private static final long ALICE = 7;
  private static final long BOB = 8;
  private static final long STRANGER = 99;

  private final ManualClock clock = new ManualClock(T0);
  private Presence presence = builder().open();

  private PresenceBuilder builder() {
    return Presence.builder().maxUsers(1_000).clock(clock).sweepInterval(Duration.ZERO);
  }

  private void reopen(PresenceBuilder builder) {
    presence.close();
    presence = builder.open();
  }

  @AfterEach
  void close() {
    presence.close();
  }

  @Test
  void isOnline_ageOneSecondBelowWindow_isTrue() {
    presence.recordHeartbeat(ALICE);
    clock.advance(29);
    assertThat(presence.isOnline(ALICE)).isTrue();
  }

  @Test
  void isOnline_ageExactlyWindow_isFalse() {
    presence.recordHeartbeat(ALICE);
    clock.advance(30);
    assertThat(presence.isOnline(ALICE)).isFalse();
  }

  @Test
  void everyAnswer_ageExactlyWindow_agrees() {
    presence.recordHeartbeat(ALICE);
    clock.advance(30);
    presence.recordHeartbeat(BOB);
    assertThat(presence.statusOf(new long[] {ALICE, BOB})).containsExactly(false, true);
    assertThat(presence.onlineCount()).isEqualTo(1);
    assertThat(onlineUsers()).containsExactly(BOB);
    assertThat(presence.sweep()).isEqualTo(1);
  }

  @Test
  void unknownUser_isOfflineAndNeverSeen() {
    assertThat(presence.isOnline(STRANGER)).isFalse();
    assertThat(presence.lastSeen(STRANGER)).isEqualTo(NEVER);
    assertThat(presence.onlineCount()).isZero();
    assertThat(onlineUsers()).isEmpty();
  }

  @Test
  void lastSeen_knownUser_isTheSecondOfTheHeartbeat() {
    presence.recordHeartbeat(ALICE);
    clock.advance(12);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(T0);
  }

  @Test
  void answers_expiredButNotSwept_equalThoseAfterASweep() {
    presence.recordHeartbeat(ALICE);
    clock.advance(30);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(NEVER);
    assertThat(presence.stats().trackedUsers()).isEqualTo(1);
    assertThat(presence.sweep()).isEqualTo(1);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(NEVER);
    assertThat(presence.stats().trackedUsers()).isZero();
  }

  @Test
  void sweep_ageOneSecondBelowRetention_removesNobody() {
    presence.recordHeartbeat(ALICE);
    clock.advance(29);
    assertThat(presence.sweep()).isZero();
    assertThat(presence.isOnline(ALICE)).isTrue();
  }

  @Test
  void retention_longerThanWindow_keepsLastSeenOfOfflineUsers() {
    reopen(builder().retention(Duration.ofMinutes(10)));
    presence.recordHeartbeat(ALICE);
    clock.advance(599);
    assertThat(presence.sweep()).isZero();
    assertThat(presence.isOnline(ALICE)).isFalse();
    assertThat(presence.lastSeen(ALICE)).isEqualTo(T0);
    clock.advance(1);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(NEVER);
    assertThat(presence.sweep()).isEqualTo(1);
  }

  @Test
  void statusOf_duplicatesAndUnknowns_answersByPosition() {
    presence.recordHeartbeats(new long[] {ALICE, BOB});
    assertThat(presence.statusOf(new long[] {STRANGER, ALICE, ALICE, STRANGER, BOB, ALICE}))
        .containsExactly(false, true, true, false, true, true);
  }

  @Test
  void batches_empty_answerEmpty() {
    presence.recordHeartbeats(new long[0]);
    assertThat(presence.statusOf(new long[0])).isEmpty();
    assertThat(presence.statusOf(new long[0], Duration.ofSeconds(1))).isEmpty();
    assertThat(presence.lastSeenOf(new long[0])).isEmpty();
    presence.statusOf(new long[0], new boolean[0]);
    presence.lastSeenOf(new long[0], new long[0]);
    assertThat(presence.stats().trackedUsers()).isZero();
  }

  @Test
  void statusOf_longerAnswerArray_leavesTheRestAlone() {
    presence.recordHeartbeat(ALICE);
    boolean[] online = {false, true, true};
    presence.statusOf(new long[] {ALICE, STRANGER}, online);
    assertThat(online).containsExactly(true, false, true);
  }

  @Test
  void lastSeenOf_mixedUsers_answersByPosition() {
    presence.recordHeartbeat(ALICE);
    clock.advance(5);
    presence.recordHeartbeat(BOB);
    assertThat(presence.lastSeenOf(new long[] {BOB, STRANGER, ALICE, BOB}))
        .containsExactly(T0 + 5, NEVER, T0, T0 + 5);
    long[] epochSeconds = {1, 2, 3};
    presence.lastSeenOf(new long[] {STRANGER, ALICE}, epochSeconds);
    assertThat(epochSeconds).containsExactly(NEVER, T0, 3);
  }

  @Test
  void statusOf_window_overridesTheDefaultBothWays() {
    reopen(builder().retention(Duration.ofHours(1)));
    presence.recordHeartbeat(ALICE);
    clock.advance(10);
    long[] ids = {ALICE};
    assertThat(presence.statusOf(ids, Duration.ofSeconds(10))).containsExactly(false);
    assertThat(presence.statusOf(ids, Duration.ofSeconds(11))).containsExactly(true);
    clock.advance(3_589);
    assertThat(presence.statusOf(ids)).containsExactly(false);
    assertThat(presence.statusOf(ids, Duration.ofHours(1))).containsExactly(true);
    clock.advance(1);
    assertThat(presence.statusOf(ids, Duration.ofHours(1))).containsExactly(false);
  }

  @Test
  void recordHeartbeat_olderStamp_isIgnored() {
    presence.recordHeartbeat(ALICE);
    presence.recordHeartbeat(ALICE, T0 - 1);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(T0);
  }

  @Test
  void recordHeartbeat_lateStamp_countsFromThatSecond() {
    presence.recordHeartbeat(ALICE, T0 - 29);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(T0 - 29);
    assertThat(presence.isOnline(ALICE)).isTrue();
    clock.advance(1);
    assertThat(presence.isOnline(ALICE)).isFalse();
  }

  @Test
  void recordHeartbeat_stampAtRetention_isIgnored() {
    presence.recordHeartbeat(ALICE, T0 - 30);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(NEVER);
    assertThat(presence.stats().trackedUsers()).isZero();
  }

  @Test
  void recordHeartbeat_stampInTheFuture_countsAsNow() {
    presence.recordHeartbeat(ALICE, T0 + 1_000);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(T0);
  }

  @Test
  void clock_stepsBack_userStaysOnlineAndIsNotRemoved() {
    presence.recordHeartbeat(ALICE);
    clock.advance(-30);
    assertThat(presence.isOnline(ALICE)).isTrue();
    assertThat(presence.onlineCount()).isEqualTo(1);
    assertThat(presence.sweep()).isZero();
    presence.recordHeartbeat(ALICE);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(T0);
  }

  /** A clock that was wrong for a moment must not keep users online for years. */
  @Test
  void clock_stepsBackByMoreThanAWindow_nextSweepLowersTheStampToNow() {
    presence.recordHeartbeat(ALICE);
    clock.advance(-31);
    assertThat(presence.isOnline(ALICE)).isTrue();
    assertThat(presence.lastSeen(ALICE)).isEqualTo(T0);
    assertThat(presence.sweep()).isZero();
    assertThat(presence.lastSeen(ALICE)).isEqualTo(T0 - 31);
    clock.advance(30);
    assertThat(presence.isOnline(ALICE)).isFalse();
  }

  @Test
  void disconnect_thenClockStepsBack_staysOffline() {
    presence.recordHeartbeat(ALICE);
    presence.disconnect(ALICE);
    clock.advance(-1);
    assertThat(presence.isOnline(ALICE)).isFalse();
    assertThat(presence.lastSeen(ALICE)).isEqualTo(Presence.NEVER);
  }

  /** The stamp is all that is kept, and it does not say whether a disconnect lowered it. */
  @Test
  void disconnect_thenALateHeartbeatFromBeforeIt_bringsTheUserBack() {
    presence.recordHeartbeat(ALICE);
    presence.disconnect(ALICE);
    presence.recordHeartbeat(ALICE, T0 - 2);
    assertThat(presence.isOnline(ALICE)).isTrue();
  }

  @Test
  void clock_atTheEndsOfTime_countsAsTheNearestStamp() {
    for (Instant end : new Instant[] {Instant.MIN, Instant.MAX}) {
      try (Presence far = Presence.builder().maxUsers(2).clock(() -> end).open()) {
        far.recordHeartbeat(ALICE);
        assertThat(far.lastSeen(ALICE))
            .isEqualTo(end.equals(Instant.MIN) ? 1 : PresenceBuilder.LONGEST_RETENTION.toSeconds());
        assertThat(far.statusOf(new long[] {ALICE, STRANGER})).containsExactly(true, false);
        assertThat(far.sweep()).isZero();
        far.disconnect(ALICE);
        assertThat(far.isOnline(ALICE)).isFalse();
      }
    }
  }

  @Test
  void forEachOnline_slowAction_receivesNobodyWhoHasExpiredMeanwhile() {
    presence.recordHeartbeats(LongStream.range(0, 300).toArray());
    List<Long> seen = new ArrayList<>();
    presence.forEachOnline(
        id -> {
          seen.add(id);
          clock.advance(1);
        });
    assertThat(seen).as("the first batch, and nobody who expired after it").hasSize(128);
  }

  @Test
  void forEachOnline_actionThatCloses_receivesNobodyElse() {
    Presence closing = Presence.builder().maxUsers(100).open();
    closing.recordHeartbeats(new long[] {1, 2, 3});
    List<Long> seen = new ArrayList<>();
    assertThatThrownBy(
            () ->
                closing.forEachOnline(
                    id -> {
                      seen.add(id);
                      closing.close();
                    }))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("presence is closed");
    assertThat(seen).hasSize(1);
  }

  @Test
  void everyLong_isAUserId() {
    long[] ids = {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, -(1L << 40)};
    for (int i = 0; i < ids.length; i++) {
      assertThat(presence.isOnline(ids[i])).isFalse();
      presence.recordHeartbeat(ids[i]);
      assertThat(presence.isOnline(ids[i])).isTrue();
      assertThat(presence.onlineCount()).isEqualTo(i + 1);
    }
    assertThat(onlineUsers()).containsExactlyInAnyOrder(box(ids));
  }

  @Test
  void disconnect_retentionEqualsWindow_forgetsAtOnce() {
    presence.recordHeartbeat(ALICE);
    presence.disconnect(ALICE);
    assertThat(presence.isOnline(ALICE)).isFalse();
    assertThat(presence.lastSeen(ALICE)).isEqualTo(NEVER);
    assertThat(presence.sweep()).isEqualTo(1);
  }

  @Test
  void disconnect_longerRetention_keepsTheUserWithAStampOneWindowOld() {
    reopen(builder().retention(Duration.ofMinutes(10)));
    presence.recordHeartbeat(ALICE);
    presence.disconnect(ALICE);
    assertThat(presence.isOnline(ALICE)).isFalse();
    assertThat(presence.statusOf(new long[] {ALICE}, Duration.ofSeconds(5))).containsExactly(false);
    assertThat(presence.statusOf(new long[] {ALICE}, Duration.ofSeconds(31))).containsExactly(true);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(T0 - 30);
    assertThat(presence.sweep()).isZero();
  }

  @Test
  void disconnect_userAlreadyOffline_keepsTheStamp() {
    reopen(builder().retention(Duration.ofMinutes(10)));
    presence.recordHeartbeat(ALICE);
    clock.advance(100);
    presence.disconnect(ALICE);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(T0);
  }

  @Test
  void disconnect_thenHeartbeat_bringsTheUserBack() {
    presence.recordHeartbeat(ALICE);
    presence.disconnect(ALICE);
    presence.recordHeartbeat(ALICE);
    assertThat(presence.isOnline(ALICE)).isTrue();
    assertThat(presence.lastSeen(ALICE)).isEqualTo(T0);
  }

  @Test
  void disconnect_unknownUser_tracksNobody() {
    presence.disconnect(STRANGER);
    assertThat(presence.stats().trackedUsers()).isZero();
  }

  @Test
  void disconnect_afterClockSteppedBack_isOfflineAtOnce() {
    presence.recordHeartbeat(ALICE);
    clock.advance(-1_000);
    presence.disconnect(ALICE);
    assertThat(presence.isOnline(ALICE)).isFalse();
  }

  @Test
  void clock_outsideTheRangeOfStamps_countsAsTheNearestEnd() {
    clock.set(-5);
    presence.recordHeartbeat(ALICE);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(1);
    presence.disconnect(ALICE);
    assertThat(presence.isOnline(ALICE)).isFalse();
    clock.set(1L << 40);
    presence.recordHeartbeat(BOB);
    assertThat(presence.lastSeen(BOB)).isEqualTo(4_294_967_295L);
    assertThat(presence.isOnline(BOB)).isTrue();
    assertThat(presence.isOnline(ALICE)).isFalse();
  }

  @Test
  void stamps_beyondTheYear2038_compareAsUnsigned() {
    clock.set(Integer.MAX_VALUE - 1L);
    presence.recordHeartbeat(ALICE);
    clock.advance(10);
    presence.recordHeartbeat(ALICE);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(Integer.MAX_VALUE + 9L);
    presence.recordHeartbeat(ALICE, Integer.MAX_VALUE - 1L);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(Integer.MAX_VALUE + 9L);
    assertThat(presence.isOnline(ALICE)).isTrue();
  }

  @Test
  void forEachOnline_actionCallsThePresence_works() {
    presence.recordHeartbeats(new long[] {ALICE, BOB});
    List<Long> seen = new ArrayList<>();
    presence.forEachOnline(
        id -> {
          presence.recordHeartbeat(id + 1_000);
          presence.disconnect(id);
          presence.sweep();
          seen.add(id);
        });
    assertThat(seen).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(onlineUsers()).containsExactlyInAnyOrder(ALICE + 1_000, BOB + 1_000);
  }

  @Test
  void forEachOnline_actionThrows_reachesTheCallerAndHarmsNobody() {
    presence.recordHeartbeats(new long[] {ALICE, BOB});
    assertThatThrownBy(
            () ->
                presence.forEachOnline(
                    id -> {
                      throw new ArithmeticException("from the action");
                    }))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("from the action");
    presence.recordHeartbeat(STRANGER);
    assertThat(presence.onlineCount()).isEqualTo(3);
  }

  @Test
  void stats_countWhatHappened() {
    presence.recordHeartbeats(new long[] {ALICE, BOB});
    clock.advance(30);
    presence.sweep();
    presence.recordHeartbeat(ALICE);
    PresenceStats stats = presence.stats();
    assertThat(stats.trackedUsers()).isEqualTo(1);
    assertThat(stats.maxUsers()).isEqualTo(1_000);
    assertThat(stats.offHeapBytes()).isPositive();
    assertThat(stats.sweeps()).isEqualTo(1);
    assertThat(stats.failedSweeps()).isZero();
    assertThat(stats.sweptUsers()).isEqualTo(2);
    assertThat(stats.rejectedHeartbeats()).isZero();
    boolean locked = System.getProperty("dev.presence.store") != null;
    assertThat(stats.lockFree()).isEqualTo(!locked);
  }

  @Test
  void clock_throws_reachesTheCallerAndRecordsNothing() {
    boolean[] broken = {true};
    reopen(
        builder()
            .clock(
                () -> {
                  if (broken[0]) {
                    throw new UnsupportedOperationException("no time");
                  }
                  return clock.instant();
                }));
    assertThatThrownBy(() -> presence.recordHeartbeat(ALICE)).hasMessage("no time");
    assertThatThrownBy(() -> presence.recordHeartbeats(new long[] {ALICE})).hasMessage("no time");
    assertThatThrownBy(() -> presence.sweep()).hasMessage("no time");
    broken[0] = false;
    assertThat(presence.isOnline(ALICE)).isFalse();
    assertThat(presence.stats().trackedUsers()).isZero();
  }

  @Test
  void nullArguments_nameTheParameter() {
    long[] ids = {ALICE};
    assertThatNullPointerException()
        .isThrownBy(() -> presence.recordHeartbeats(null))
        .withMessage("userIds");
    assertThatNullPointerException()
        .isThrownBy(() -> presence.statusOf(null))
        .withMessage("userIds");
    assertThatNullPointerException()
        .isThrownBy(() -> presence.statusOf(null, Duration.ofSeconds(1)))
        .withMessage("userIds");
    assertThatNullPointerException()
        .isThrownBy(() -> presence.statusOf(ids, (Duration) null))
        .withMessage("window");
    assertThatNullPointerException()
        .isThrownBy(() -> presence.statusOf(null, new boolean[1]))
        .withMessage("userIds");
    assertThatNullPointerException()
        .isThrownBy(() -> presence.statusOf(ids, (boolean[]) null))
        .withMessage("online");
    assertThatNullPointerException()
        .isThrownBy(() -> presence.lastSeenOf(null))
        .withMessage("userIds");
    assertThatNullPointerException()
        .isThrownBy(() -> presence.lastSeenOf(null, new long[1]))
        .withMessage("userIds");
    assertThatNullPointerException()
        .isThrownBy(() -> presence.lastSeenOf(ids, null))
        .withMessage("epochSeconds");
    assertThatNullPointerException()
        .isThrownBy(() -> presence.forEachOnline(null))
        .withMessage("action");
  }

  @Test
  void epochSecond_outOfRange_isRejectedAndRecordsNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> presence.recordHeartbeat(ALICE, 0))
        .withMessage("epochSecond must be >= 1: epochSecond=0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> presence.recordHeartbeat(ALICE, 4_294_967_296L))
        .withMessage("epochSecond must be <= 4294967295: epochSecond=4294967296");
    presence.recordHeartbeat(ALICE, 1);
    assertThat(presence.stats().trackedUsers()).isZero();
    presence.recordHeartbeat(ALICE, 4_294_967_295L);
    assertThat(presence.lastSeen(ALICE)).isEqualTo(T0);
  }

  @Test
  void window_outOfRange_isRejected() {
    long[] ids = {ALICE};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> presence.statusOf(ids, Duration.ofMillis(999)))
        .withMessage("window must be >= PT1S: window=PT0.999S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> presence.statusOf(ids, Duration.ofSeconds(31)))
        .withMessage("window must be <= retention: window=PT31S retention=PT30S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> presence.statusOf(ids, Duration.ofMillis(1_500)))
        .withMessage("window must be whole seconds: window=PT1.5S");
  }

  @Test
  void answerArrays_tooShortOrTheSame_areRejectedBeforeAnythingIsWritten() {
    presence.recordHeartbeats(new long[] {ALICE, BOB});
    boolean[] online = {false};
    long[] epochSeconds = {5};
    long[] ids = {ALICE, BOB};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> presence.statusOf(ids, online))
        .withMessage("online.length must be >= userIds.length: online.length=1 userIds.length=2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> presence.lastSeenOf(ids, epochSeconds))
        .withMessage(
            "epochSeconds.length must be >= userIds.length:"
                + " epochSeconds.length=1 userIds.length=2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> presence.lastSeenOf(ids, ids))
        .withMessage("epochSeconds must not be the array userIds: epochSeconds.length=2");
    assertThat(online).containsExactly(false);
    assertThat(epochSeconds).containsExactly(5);
    assertThat(ids).containsExactly(ALICE, BOB);
  }

  @Test
  void interruptedCaller_everyCallWorksAndTheFlagStays() {
    long[] ids = {ALICE, BOB};
    Thread.currentThread().interrupt();
    try {
      presence.recordHeartbeat(ALICE);
      presence.recordHeartbeat(ALICE, T0 - 1);
      presence.recordHeartbeats(ids);
      presence.isOnline(ALICE);
      presence.statusOf(ids);
      presence.statusOf(ids, Duration.ofSeconds(2));
      presence.statusOf(ids, new boolean[2]);
      presence.lastSeen(ALICE);
      presence.lastSeenOf(ids);
      presence.lastSeenOf(ids, new long[2]);
      presence.tierOf(ALICE);
      presence.tiersOf(ids, new byte[2]);
      presence.onlineCount();
      presence.forEachOnline(id -> {});
      presence.disconnect(ALICE);
      presence.sweep();
      presence.stats();
      builder().open().close();
      presence.close();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void toString_openAndClosed_saysWhichItIs() {
    String open = "Presence[name=presence, onlineWindow=PT30S, retention=PT30S, maxUsers=1000]";
    assertThat(presence).hasToString(open);
    presence.close();
    assertThat(presence).hasToString(open.replace("]", ", closed]"));
  }

  @Test
  void name_unlessConfigured_isTheDefault() {
    assertThat(presence.name()).isEqualTo(PresenceBuilder.DEFAULT_NAME);
    try (Presence friends = builder().name("friends").open()) {
      assertThat(friends.name()).isEqualTo("friends");
    }
  }

  private List<Long> onlineUsers() {
    List<Long> users = new ArrayList<>();
    presence.forEachOnline(users::add);
    return users;
  }

  private static Long[] box(long[] ids) {
    Long[] boxed = new Long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      boxed[i] = ids[i];
    }
    return boxed;
  }
}
