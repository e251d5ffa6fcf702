package dev.presence;

import static dev.presence.PresenceTiers.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tiers are, and everything that their builder accepts and rejects. */
class PresenceTiersTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration NANO = Duration.ofNanos(1);
  private static final Duration LONGEST = PresenceBuilder.LONGEST_RETENTION;

  private final PresenceTiers.Builder builder = onlineAndIdle();

  private static PresenceTiers.Builder onlineAndIdle() {
    return PresenceTiers.builder()
        .tier("ONLINE", Duration.ofSeconds(30))
        .tier("IDLE", Duration.ofMinutes(10));
  }

  @Test
  void constants_haveTheDocumentedValues() {
    assertThat(NONE).isEqualTo((byte) -1);
    assertThat(PresenceTiers.DEFAULT_AWAY_WINDOW).isEqualTo(Duration.ofMinutes(5));
    assertThat(PresenceTiers.DEFAULT_RECENT_WINDOW).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void tiers_built_haveTheirNamesAndWindowsInOrder() {
    PresenceTiers tiers = builder.build();

    assertThat(tiers.size()).isEqualTo(2);
    assertThat(tiers.name(0)).isEqualTo("ONLINE");
    assertThat(tiers.window(0)).isEqualTo(Duration.ofSeconds(30));
    assertThat(tiers.name(1)).isEqualTo("IDLE");
    assertThat(tiers.window(1)).isEqualTo(Duration.ofMinutes(10));
    assertThat(tiers).hasToString("PresenceTiers[ONLINE=PT30S, IDLE=PT10M]");
  }

  @Test
  void name_ofNone_isOffline() {
    assertThat(builder.build().name(NONE)).isEqualTo("OFFLINE");
  }

  @ParameterizedTest
  @CsvSource({
    "-2, tier must be >= -1: tier=-2",
    "-2147483648, tier must be >= -1: tier=-2147483648",
    "2, tier must be < size: tier=2 size=2",
    "2147483647, tier must be < size: tier=2147483647 size=2"
  })
  void name_ofNoSuchTier_isRejected(int tier, String message) {
    PresenceTiers tiers = builder.build();

    assertThatIllegalArgumentException().isThrownBy(() -> tiers.name(tier)).withMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, tier must be >= 0: tier=-1",
    "2, tier must be < size: tier=2 size=2",
  })
  void window_ofNoSuchTier_isRejected(int tier, String message) {
    PresenceTiers tiers = builder.build();

    assertThatIllegalArgumentException().isThrownBy(() -> tiers.window(tier)).withMessage(message);
  }

  @Test
  void equals_sameNamesAndWindows_isTrue() {
    PresenceTiers tiers = builder.build();

    assertThat(tiers).isEqualTo(onlineAndIdle().build()).hasSameHashCodeAs(onlineAndIdle().build());
    assertThat(tiers)
        .isNotEqualTo(onlineAndIdle().tier("GONE", Duration.ofHours(1)).build())
        .isNotEqualTo(
            PresenceTiers.builder()
                .tier("ONLINE", Duration.ofSeconds(30))
                .tier("AWAY", Duration.ofMinutes(10))
                .build())
        .isNotEqualTo(
            PresenceTiers.builder()
                .tier("ONLINE", Duration.ofSeconds(30))
                .tier("IDLE", Duration.ofMinutes(11))
                .build())
        .isNotEqualTo("PresenceTiers[ONLINE=PT30S, IDLE=PT10M]")
        .isNotEqualTo(null);
  }

  static Stream<Arguments> badWindows() {
    return Stream.of(
        arguments(Duration.ZERO, "must be >= PT1S: window=PT0S"),
        arguments(Duration.ofSeconds(-1), "must be >= PT1S: window=PT-1S"),
        arguments(SECOND.minus(NANO), "must be >= PT1S: window=PT0.999999999S"),
        arguments(
            Duration.ofSeconds(Long.MIN_VALUE),
            "must be >= PT1S: window=PT-2562047788015215H-30M-8S"),
        arguments(Duration.ofMillis(600_500), "must be whole seconds: window=PT10M0.5S"),
        arguments(LONGEST.plus(NANO), "must be whole seconds: window=PT1193046H28M15.000000001S"),
        arguments(LONGEST.plus(SECOND), "must be <= PT1193046H28M15S: window=PT1193046H28M16S"),
        arguments(
            Duration.ofSeconds(Long.MAX_VALUE),
            "must be <= PT1193046H28M15S: window=PT2562047788015215H30M7S"),
        arguments(Duration.ofSeconds(10), "must be > the window before: window=PT10S before=PT10M"),
        arguments(
            Duration.ofMinutes(10), "must be > the window before: window=PT10M before=PT10M"));
  }

  @ParameterizedTest
  @MethodSource("badWindows")
  void tier_badWindow_isRejectedAndKeepsTheTiersBefore(Duration bad, String message) {
    assertThatThrownBy(() -> builder.tier("LAST", bad))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("tier window " + message);

    assertThat(builder.build()).isEqualTo(onlineAndIdle().build());
  }

  @Test
  void tier_windowsAtTheirBounds_areAccepted() {
    assertThat(
            PresenceTiers.builder()
                .tier("A", SECOND)
                .tier("B", Duration.ofSeconds(2))
                .tier("C", LONGEST)
                .build())
        .hasToString("PresenceTiers[A=PT1S, B=PT2S, C=PT1193046H28M15S]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void tier_blankName_isRejected(String bad) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.tier(bad, LONGEST))
        .withMessage("tier name must not be blank: name=" + bad);

    assertThat(builder.build()).isEqualTo(onlineAndIdle().build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"ONLINE", "IDLE"})
  void tier_nameOfAnotherTier_isRejected(String bad) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.tier(bad, LONGEST))
        .withMessage("tier name must not repeat: name=" + bad);

    assertThat(builder.build()).isEqualTo(onlineAndIdle().build());
  }

  /** Otherwise two answers would print alike. */
  @Test
  void tier_nameOfNone_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.tier("OFFLINE", LONGEST))
        .withMessage("tier name must not be that of NONE: name=OFFLINE");
  }

  @Test
  void tier_null_throwsNamingTheParameter() {
    assertThatNullPointerException()
        .isThrownBy(() -> builder.tier(null, LONGEST))
        .withMessage("name");
    assertThatNullPointerException()
        .isThrownBy(() -> builder.tier("LAST", null))
        .withMessage("window");
  }

  @Test
  void tier_oneMoreThan127_isRejectedAndTheOthersWork() {
    PresenceTiers.Builder many = PresenceTiers.builder();
    for (int i = 0; i < 127; i++) {
      many.tier("tier " + i, Duration.ofSeconds(1 + i));
    }

    assertThatIllegalArgumentException()
        .isThrownBy(() -> many.tier("one more", LONGEST))
        .withMessage("tiers must be <= 127: tiers=128");

    PresenceTiers tiers = many.build();
    assertThat(tiers.size()).isEqualTo(127);
    assertThat(tiers.name(126)).isEqualTo("tier 126");
  }

  @Test
  void build_withoutATier_isRejectedAndCanBeCorrected() {
    PresenceTiers.Builder empty = PresenceTiers.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(empty::build)
        .withMessage("tiers must be >= 1: tiers=0");

    assertThat(empty.tier("ONLINE", SECOND).build()).hasToString("PresenceTiers[ONLINE=PT1S]");
  }

  @Test
  void call_afterBuild_isRejected() {
    PresenceTiers tiers = builder.build();

    assertThatThrownBy(() -> builder.tier("LAST", LONGEST))
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("a builder must not be used after build()");
    assertThatThrownBy(builder::build)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("a builder must not be used after build()");
    assertThat(tiers).isEqualTo(onlineAndIdle().build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PT30S  | PT30S | ONLINE=PT30S",
        "PT30S  | PT31S | ONLINE=PT30S, AWAY=PT31S",
        "PT30S  | PT5M  | ONLINE=PT30S, AWAY=PT5M",
        "PT30S  | PT5M1S| ONLINE=PT30S, AWAY=PT5M, RECENT=PT5M1S",
        "PT30S  | P7D   | ONLINE=PT30S, AWAY=PT5M, RECENT=PT168H",
        "PT30S  | P30D  | ONLINE=PT30S, AWAY=PT5M, RECENT=PT168H",
        "PT5M   | P7D   | ONLINE=PT5M, RECENT=PT168H",
        "PT10M  | P1D   | ONLINE=PT10M, RECENT=PT24H",
        "P7D    | P30D  | ONLINE=PT168H",
        "P8D    | P30D  | ONLINE=PT192H",
      })
  void upTo_windowAndRetention_cutsTheTiers(Duration window, Duration retention, String tiers) {
    assertThat(PresenceTiers.upTo(retention, window)).hasToString("PresenceTiers[" + tiers + "]");
  }
}
