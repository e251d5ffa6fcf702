package dev.presence;

import static dev.presence.PresenceTiers.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which tier a user is, and what the builder makes of the tiers. */
class TiersOfTest {

  private static final long T0 = 1_764_000_000L;
  private static final long ALICE = 7;
  private static final long BOB = 8;
  private static final long CAROL = 9;
  private static final long STRANGER = 99;
  private static final byte ONLINE = 0;
  private static final byte AWAY = 1;
  private static final byte RECENT = 2;

  private static final PresenceTiers UP_TO_A_MINUTE =
      PresenceTiers.builder()
          .tier("HERE", Duration.ofSeconds(10))
          .tier("NEAR", Duration.ofSeconds(60))
          .build();

  @TempDir private Path folder;

  private final ManualClock clock = new ManualClock(T0);
  private Presence presence = builder().retention(Duration.ofDays(30)).open();

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

  private byte[] tiersOf(long... userIds) {
    byte[] tiers = new byte[userIds.length];
    presence.tiersOf(userIds, tiers);
    return tiers;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "29, 0",
    "30, 1",
    "299, 1",
    "300, 2",
    "604799, 2",
    "604800, -1",
    "2591999, -1",
    "2592000, -1"
  })
  void tiersOf_ageAtABoundary_isInTheTierThatBegins(long ageSeconds, byte tier) {
    presence.recordHeartbeat(ALICE);
    clock.advance(ageSeconds);

    assertThat(tiersOf(ALICE)).containsExactly(tier);
    assertThat(presence.tierOf(ALICE)).isEqualTo(tier);
  }

  @Test
  void tiersOf_firstTier_agreesWithIsOnline() {
    presence.recordHeartbeat(ALICE);
    for (int age = 0; age < 40; age++) {
      assertThat(presence.tierOf(ALICE) == ONLINE).isEqualTo(presence.isOnline(ALICE));
      clock.advance(1);
    }
  }

  @Test
  void tiersOf_duplicatesAndUnknowns_answersByPosition() {
    presence.recordHeartbeat(ALICE, T0 - 1_000);
    presence.recordHeartbeat(BOB, T0 - 100);
    presence.recordHeartbeat(CAROL);

    assertThat(tiersOf(STRANGER, BOB, ALICE, BOB, CAROL, STRANGER, CAROL))
        .containsExactly(NONE, AWAY, RECENT, AWAY, ONLINE, NONE, ONLINE);
  }

  @Test
  void tiersOf_empty_writesNothing() {
    byte[] tiers = {5};
    presence.tiersOf(new long[0], tiers);
    presence.tiersOf(new long[0], new byte[0]);

    assertThat(tiers).containsExactly(5);
  }

  @Test
  void tiersOf_reusedArray_keepsNoOldAnswerAndLeavesTheRestAlone() {
    presence.recordHeartbeat(ALICE);
    byte[] tiers = {5, 5, 5};
    long[] ids = {ALICE, STRANGER};

    presence.tiersOf(ids, tiers);
    assertThat(tiers).containsExactly(ONLINE, NONE, 5);

    clock.advance(30);
    presence.recordHeartbeat(STRANGER);
    presence.tiersOf(ids, tiers);
    assertThat(tiers).containsExactly(AWAY, ONLINE, 5);

    ids[0] = CAROL;
    presence.tiersOf(ids, tiers);
    assertThat(tiers).containsExactly(NONE, ONLINE, 5);
    assertThat(ids).containsExactly(CAROL, STRANGER);
  }

  /** More than a few batches of the store, the last of which is not full. */
  @Test
  void tiersOf_manyUsers_answersEachByPosition() {
    long[] ids = LongStream.range(0, 700).toArray();
    long[] agesSeconds = {0, 29, 30, 299, 300, 604_799, 604_800};
    byte[] expected = {ONLINE, ONLINE, AWAY, AWAY, RECENT, RECENT, NONE};
    for (long id : ids) {
      presence.recordHeartbeat(id, T0 - agesSeconds[(int) id % 7]);
    }

    byte[] tiers = tiersOf(ids);

    for (int i = 0; i < ids.length; i++) {
      assertThat(tiers[i]).as("user %d", i).isEqualTo(expected[i % 7]);
    }
  }

  @Test
  void tiersOf_wholeBatch_readsTheClockOnce() {
    AtomicInteger readings = new AtomicInteger();
    InstantSource counting =
        () -> {
          readings.incrementAndGet();
          return clock.instant();
        };
    reopen(builder().clock(counting));
    presence.recordHeartbeats(LongStream.range(0, 500).toArray());
    readings.set(0);

    tiersOf(LongStream.range(0, 500).toArray());

    assertThat(readings).hasValue(1);
  }

  @Test
  void tiersOf_clockStepsBack_isTheFirstTier() {
    presence.recordHeartbeat(ALICE);
    clock.advance(-1_000_000);

    assertThat(tiersOf(ALICE, STRANGER)).containsExactly(ONLINE, NONE);
    assertThat(presence.tierOf(ALICE)).isEqualTo(ONLINE);
  }

  @Test
  void tiersOf_stampBeyondTheYear2038_comparesAsUnsigned() {
    clock.set(Integer.MAX_VALUE - 1L);
    presence.recordHeartbeat(ALICE);
    clock.advance(100);

    assertThat(tiersOf(ALICE)).containsExactly(AWAY);
  }

  @Test
  void tiersOf_disconnectedUser_isInTheTierAfterOnline() {
    presence.recordHeartbeats(new long[] {ALICE, BOB});
    presence.disconnect(ALICE);

    assertThat(tiersOf(ALICE, BOB)).containsExactly(AWAY, ONLINE);
  }

  @Test
  void tiersOf_disconnectedUserWhereRetentionEqualsWindow_isNone() {
    reopen(builder());
    presence.recordHeartbeat(ALICE);
    presence.disconnect(ALICE);

    assertThat(tiersOf(ALICE)).containsExactly(NONE);
  }

  @Test
  void tiersOf_sweptOrNot_isTheSame() {
    reopen(builder().retention(Duration.ofSeconds(60)).tiers(UP_TO_A_MINUTE));
    presence.recordHeartbeat(ALICE);
    clock.advance(60);

    assertThat(tiersOf(ALICE)).containsExactly(NONE);
    assertThat(presence.sweep()).isEqualTo(1);
    assertThat(tiersOf(ALICE)).containsExactly(NONE);
  }

  @Test
  void tiersOf_ownTiers_areIndependentOfTheOnlineWindow() {
    reopen(builder().retention(Duration.ofHours(1)).tiers(UP_TO_A_MINUTE));
    presence.recordHeartbeat(ALICE, T0 - 9);
    presence.recordHeartbeat(BOB, T0 - 10);
    presence.recordHeartbeat(CAROL, T0 - 60);

    assertThat(tiersOf(ALICE, BOB, CAROL)).containsExactly((byte) 0, (byte) 1, NONE);
    assertThat(presence.isOnline(BOB)).isTrue();
    assertThat(presence.lastSeen(CAROL)).isEqualTo(T0 - 60);
  }

  @Test
  void tiersOf_127Tiers_answersWithTheLast() {
    PresenceTiers.Builder many = PresenceTiers.builder();
    for (int i = 0; i < 127; i++) {
      many.tier("tier " + i, Duration.ofSeconds(1 + i));
    }
    reopen(builder().retention(Duration.ofSeconds(127)).tiers(many.build()));
    presence.recordHeartbeat(ALICE, T0 - 126);

    assertThat(tiersOf(ALICE)).containsExactly(126);
  }

  @Test
  void tiers_notConfigured_areOnlineAwayAndRecent() {
    assertThat(presence.tiers())
        .hasToString("PresenceTiers[ONLINE=PT30S, AWAY=PT5M, RECENT=PT168H]")
        .isSameAs(presence.tiers());
  }

  @Test
  void tiers_notConfiguredAndDefaultRetention_areOnlineAlone() {
    reopen(builder().onlineWindow(Duration.ofSeconds(40)));

    assertThat(presence.tiers()).hasToString("PresenceTiers[ONLINE=PT40S]");
  }

  @Test
  void tiers_configured_areThose() {
    reopen(builder().tiers(UP_TO_A_MINUTE).retention(Duration.ofSeconds(60)));

    assertThat(presence.tiers()).isSameAs(UP_TO_A_MINUTE);
  }

  @Test
  void tiers_null_throwsNamingTheParameter() {
    assertThatNullPointerException().isThrownBy(() -> builder().tiers(null)).withMessage("tiers");
  }

  @Test
  void open_retentionShorterThanTiers_isRejectedAndCanBeCorrected() {
    Path stamps = folder.resolve("stamps");
    PresenceBuilder short59 =
        builder().persistTo(stamps).tiers(UP_TO_A_MINUTE).retention(Duration.ofSeconds(59));

    assertThatThrownBy(short59::open)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "retention must be >= the window of the last tier:"
                + " retention=PT59S tier=NEAR window=PT1M");
    assertThat(Files.exists(stamps)).as("nothing is opened").isFalse();

    reopen(short59.retention(Duration.ofSeconds(60)));
    assertThat(presence.tiers()).isEqualTo(UP_TO_A_MINUTE);
  }

  @Test
  void open_defaultRetentionShorterThanTiers_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().tiers(UP_TO_A_MINUTE).open())
        .withMessage(
            "retention must be >= the window of the last tier:"
                + " retention=PT30S tier=NEAR window=PT1M");
  }

  @Test
  void tiersOf_null_namesTheParameter() {
    assertThatNullPointerException()
        .isThrownBy(() -> presence.tiersOf(null, new byte[1]))
        .withMessage("userIds");
    assertThatNullPointerException()
        .isThrownBy(() -> presence.tiersOf(new long[1], null))
        .withMessage("tiers");
  }

  @Test
  void tiersOf_arrayTooShort_isRejectedBeforeAnythingIsWritten() {
    presence.recordHeartbeats(new long[] {ALICE, BOB});
    byte[] tiers = {5};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> presence.tiersOf(new long[] {ALICE, BOB}, tiers))
        .withMessage("tiers.length must be >= userIds.length: tiers.length=1 userIds.length=2");

    assertThat(tiers).containsExactly(5);
  }

  @Test
  void calls_afterClose_throwIllegalState() {
    presence.close();

    assertThatThrownBy(() -> tiersOf(ALICE))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("presence is closed");
    assertThatThrownBy(() -> presence.tierOf(ALICE))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("presence is closed");
    assertThatThrownBy(() -> presence.tiers())
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("presence is closed");
  }
}
