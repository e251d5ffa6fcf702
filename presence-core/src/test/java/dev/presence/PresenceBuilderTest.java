package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that the builder accepts and rejects. */
class PresenceBuilderTest {

  private static final Duration LONGEST = Duration.ofSeconds(4_294_967_295L);
  private static final Duration NANO = Duration.ofNanos(1);
  private static final PresenceTiers TIERS =
      PresenceTiers.builder().tier("ONLINE", Duration.ofSeconds(1)).build();

  @Test
  void constants_haveTheDocumentedValues() {
    assertThat(PresenceBuilder.DEFAULT_NAME).isEqualTo("presence");
    assertThat(PresenceBuilder.DEFAULT_ONLINE_WINDOW).isEqualTo(Duration.ofSeconds(30));
    assertThat(PresenceBuilder.DEFAULT_MAX_USERS).isEqualTo(1_000_000);
    assertThat(PresenceBuilder.DEFAULT_SWEEP_INTERVAL).isEqualTo(Duration.ofSeconds(10));
    assertThat(PresenceBuilder.DEFAULT_SNAPSHOT_INTERVAL).isEqualTo(Duration.ofSeconds(5));
    assertThat(PresenceBuilder.LARGEST_MAX_USERS).isEqualTo(10_000_000_000L);
    assertThat(PresenceBuilder.LONGEST_RETENTION).isEqualTo(LONGEST);
  }

  @Test
  void open_withoutAnySetting_hasTheDefaults() {
    try (Presence presence = Presence.open()) {
      assertThat(presence)
          .hasToString(
              "Presence[name=presence, onlineWindow=PT30S, retention=PT30S, maxUsers=1000000]");
      assertThat(presence.stats().maxUsers()).isEqualTo(PresenceBuilder.DEFAULT_MAX_USERS);
    }
  }

  @Test
  void retention_notSet_followsTheOnlineWindow() {
    try (Presence presence = small().onlineWindow(Duration.ofSeconds(60)).open()) {
      assertThat(presence)
          .hasToString("Presence[name=presence, onlineWindow=PT1M, retention=PT1M, maxUsers=1]");
    }
  }

  static Stream<Arguments> nulls() {
    return Stream.concat(
        setters(
            Map.of(
                "name", builder -> builder.name(null),
                "onlineWindow", builder -> builder.onlineWindow(null),
                "retention", builder -> builder.retention(null),
                "gracePeriod", builder -> builder.gracePeriod(null),
                "pauseGuard", builder -> builder.pauseGuard(null),
                "tiers", builder -> builder.tiers(null))),
        setters(
            Map.of(
                "sweepInterval", builder -> builder.sweepInterval(null),
                "clock", builder -> builder.clock(null),
                "threadFactory", builder -> builder.threadFactory(null),
                "snapshotInterval", builder -> builder.snapshotInterval(null),
                "action", builder -> builder.onCorruptFile(null),
                "folder", builder -> builder.persistTo(null))));
  }

  @ParameterizedTest
  @MethodSource("nulls")
  void setter_null_throwsNamingTheParameter(String parameter, Consumer<PresenceBuilder> setter) {
    assertThatThrownBy(() -> setter.accept(small()))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage(parameter);
  }

  @Test
  void name_set_appearsInToString() {
    assertOpensAs(
        small().name("friends of 7"),
        "Presence[name=friends of 7, onlineWindow=PT30S, retention=PT30S, maxUsers=1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void name_blank_isRejectedAndKeepsTheOldValue(String bad) {
    PresenceBuilder builder = small().name("friends");

    assertThatThrownBy(() -> builder.name(bad))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("name must not be blank: name=" + bad);

    assertOpensAs(
        builder, "Presence[name=friends, onlineWindow=PT30S, retention=PT30S, maxUsers=1]");
  }

  static Stream<Arguments> badSeconds() {
    return Stream.of(
        arguments(Duration.ZERO, "must be >= PT1S", "PT0S"),
        arguments(Duration.ofSeconds(-1), "must be >= PT1S", "PT-1S"),
        arguments(
            Duration.ofSeconds(Long.MIN_VALUE), "must be >= PT1S", "PT-2562047788015215H-30M-8S"),
        arguments(Duration.ofSeconds(1).minus(NANO), "must be >= PT1S", "PT0.999999999S"),
        arguments(Duration.ofSeconds(1).plus(NANO), "must be whole seconds", "PT1.000000001S"),
        arguments(Duration.ofMillis(29_500), "must be whole seconds", "PT29.5S"),
        arguments(LONGEST.plusSeconds(1), "must be <= PT1193046H28M15S", "PT1193046H28M16S"),
        arguments(
            Duration.ofSeconds(Long.MAX_VALUE),
            "must be <= PT1193046H28M15S",
            "PT2562047788015215H30M7S"));
  }

  @ParameterizedTest
  @MethodSource("badSeconds")
  void onlineWindow_badValue_isRejectedAndKeepsTheOldValue(Duration bad, String rule, String text) {
    PresenceBuilder builder = small().onlineWindow(Duration.ofSeconds(5));

    assertThatThrownBy(() -> builder.onlineWindow(bad))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("onlineWindow " + rule + ": onlineWindow=" + text);

    assertOpensAs(
        builder, "Presence[name=presence, onlineWindow=PT5S, retention=PT5S, maxUsers=1]");
  }

  @ParameterizedTest
  @MethodSource("badSeconds")
  void retention_badValue_isRejectedAndKeepsTheOldValue(Duration bad, String rule, String text) {
    PresenceBuilder builder = small().retention(Duration.ofSeconds(40));

    assertThatThrownBy(() -> builder.retention(bad))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("retention " + rule + ": retention=" + text);

    assertOpensAs(
        builder, "Presence[name=presence, onlineWindow=PT30S, retention=PT40S, maxUsers=1]");
  }

  static Stream<Arguments> badSecondsOrZero() {
    return Stream.of(
        arguments(Duration.ofSeconds(-1), "must be >= PT0S", "PT-1S"),
        arguments(NANO.negated(), "must be >= PT0S", "PT-0.000000001S"),
        arguments(NANO, "must be whole seconds", "PT0.000000001S"),
        arguments(Duration.ofMillis(1_500), "must be whole seconds", "PT1.5S"));
  }

  @ParameterizedTest
  @MethodSource("badSecondsOrZero")
  void gracePeriodAndPauseGuard_badValue_isRejected(Duration bad, String rule, String text) {
    assertThatThrownBy(() -> small().gracePeriod(bad))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("gracePeriod " + rule + ": gracePeriod=" + text);
    assertThatThrownBy(() -> small().pauseGuard(bad))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("pauseGuard " + rule + ": pauseGuard=" + text);
  }

  @Test
  void gracePeriodAndPauseGuard_tooLong_areRejected() {
    assertThatThrownBy(() -> small().gracePeriod(LONGEST.plusSeconds(1)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("gracePeriod must be <= PT1193046H28M15S: gracePeriod=PT1193046H28M16S");
    assertThatThrownBy(() -> small().pauseGuard(Duration.ofSeconds(86_401)))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("pauseGuard must be <= PT24H: pauseGuard=PT24H1S");
  }

  @Test
  void windowGracePeriodAndPauseGuard_atTheirBounds_open() {
    small()
        .onlineWindow(LONGEST)
        .gracePeriod(LONGEST)
        .pauseGuard(Duration.ofDays(1))
        .open()
        .close();
    small().onlineWindow(LONGEST).gracePeriod(Duration.ZERO).open().close();
  }

  @Test
  void windowAndRetention_atTheirBounds_areAccepted() {
    Duration second = Duration.ofSeconds(1);

    assertOpensAs(
        small().onlineWindow(second).retention(second),
        "Presence[name=presence, onlineWindow=PT1S, retention=PT1S, maxUsers=1]");
    assertOpensAs(
        small().onlineWindow(second).retention(LONGEST),
        "Presence[name=presence, onlineWindow=PT1S, retention=PT1193046H28M15S, maxUsers=1]");
    assertOpensAs(
        small().onlineWindow(LONGEST),
        "Presence[name=presence, onlineWindow=PT1193046H28M15S, retention=PT1193046H28M15S, maxUsers=1]");
  }

  @Test
  void retention_shorterThanTheWindow_isRejectedByOpenAndCanBeCorrected() {
    PresenceBuilder builder =
        small().retention(Duration.ofSeconds(29)).onlineWindow(Duration.ofSeconds(30));

    assertThatThrownBy(builder::open)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("retention must be >= onlineWindow: retention=PT29S onlineWindow=PT30S");

    assertOpensAs(
        builder.retention(Duration.ofSeconds(30)),
        "Presence[name=presence, onlineWindow=PT30S, retention=PT30S, maxUsers=1]");
  }

  static Stream<Arguments> badMaxUsers() {
    return Stream.of(
        arguments(0L, "maxUsers must be >= 1: maxUsers=0"),
        arguments(-1L, "maxUsers must be >= 1: maxUsers=-1"),
        arguments(Long.MIN_VALUE, "maxUsers must be >= 1: maxUsers=-9223372036854775808"),
        arguments(10_000_000_001L, "maxUsers must be <= 10000000000: maxUsers=10000000001"),
        arguments(Long.MAX_VALUE, "maxUsers must be <= 10000000000: maxUsers=9223372036854775807"));
  }

  @ParameterizedTest
  @MethodSource("badMaxUsers")
  void maxUsers_badValue_isRejectedAndKeepsTheOldValue(long bad, String message) {
    PresenceBuilder builder = small().maxUsers(3);

    assertThatThrownBy(() -> builder.maxUsers(bad))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);

    assertOpensAs(
        builder, "Presence[name=presence, onlineWindow=PT30S, retention=PT30S, maxUsers=3]");
  }

  @Test
  void maxUsers_atItsBounds_isAccepted() {
    PresenceBuilder builder = Presence.builder();

    assertThat(builder.maxUsers(PresenceBuilder.LARGEST_MAX_USERS)).isSameAs(builder);
    assertOpensAs(
        builder.maxUsers(1),
        "Presence[name=presence, onlineWindow=PT30S, retention=PT30S, maxUsers=1]");
  }

  static Stream<Arguments> badSweepIntervals() {
    return Stream.of(
        arguments(NANO, "must be zero or >= PT0.001S", "PT0.000000001S"),
        arguments(NANO.negated(), "must be zero or >= PT0.001S", "PT-0.000000001S"),
        arguments(Duration.ofSeconds(-10), "must be zero or >= PT0.001S", "PT-10S"),
        arguments(
            Duration.ofMillis(1).minus(NANO), "must be zero or >= PT0.001S", "PT0.000999999S"),
        arguments(Duration.ofDays(1).plus(NANO), "must be <= PT24H", "PT24H0.000000001S"),
        arguments(
            Duration.ofSeconds(Long.MAX_VALUE), "must be <= PT24H", "PT2562047788015215H30M7S"));
  }

  @ParameterizedTest
  @MethodSource("badSweepIntervals")
  void sweepInterval_badValue_isRejected(Duration bad, String rule, String text) {
    assertThatThrownBy(() -> small().sweepInterval(bad))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("sweepInterval " + rule + ": sweepInterval=" + text);
  }

  static Stream<Duration> goodSweepIntervals() {
    return Stream.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofDays(1));
  }

  @ParameterizedTest
  @MethodSource("goodSweepIntervals")
  void sweepInterval_atItsBounds_isAccepted(Duration good) {
    assertOpensAs(
        small().sweepInterval(good),
        "Presence[name=presence, onlineWindow=PT30S, retention=PT30S, maxUsers=1]");
  }

  @Test
  void clock_set_isUsed() {
    InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1_000));
    try (Presence presence = small().clock(clock).open()) {
      presence.recordHeartbeat(1);

      assertThat(presence.lastSeen(1)).isEqualTo(1_000);
    }
  }

  static Stream<Arguments> badSnapshotIntervals() {
    return Stream.of(
        arguments(Duration.ZERO, "must be >= PT1S", "PT0S"),
        arguments(Duration.ofSeconds(1).minus(NANO), "must be >= PT1S", "PT0.999999999S"),
        arguments(Duration.ofSeconds(-5), "must be >= PT1S", "PT-5S"),
        arguments(Duration.ofDays(1).plus(NANO), "must be <= PT24H", "PT24H0.000000001S"));
  }

  @ParameterizedTest
  @MethodSource("badSnapshotIntervals")
  void snapshotInterval_badValue_isRejected(Duration bad, String rule, String text) {
    assertThatThrownBy(() -> small().snapshotInterval(bad))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("snapshotInterval " + rule + ": snapshotInterval=" + text);
  }

  static Stream<Arguments> calls() {
    return Stream.of(
            setters(
                Map.of(
                    "name", builder -> builder.name("friends"),
                    "onlineWindow", builder -> builder.onlineWindow(Duration.ofSeconds(1)),
                    "retention", builder -> builder.retention(Duration.ofSeconds(60)),
                    "gracePeriod", builder -> builder.gracePeriod(Duration.ZERO),
                    "pauseGuard", builder -> builder.pauseGuard(Duration.ZERO),
                    "tiers", builder -> builder.tiers(TIERS),
                    "maxUsers", builder -> builder.maxUsers(1))),
            setters(
                Map.of(
                    "persistTo", builder -> builder.persistTo(Path.of("stamps")),
                    "snapshotInterval", builder -> builder.snapshotInterval(Duration.ofSeconds(1)),
                    "onCorruptFile", builder -> builder.onCorruptFile(CorruptFileAction.FAIL),
                    "sweepInterval", builder -> builder.sweepInterval(Duration.ZERO),
                    "clock", builder -> builder.clock(InstantSource.system()),
                    "threadFactory", builder -> builder.threadFactory(Thread::new),
                    "registerMXBean", builder -> builder.registerMXBean(true),
                    "open", PresenceBuilder::open)),
            setters(
                Map.of(
                    "replicateThrough", builder -> builder.replicateThrough(new LogInMemory()),
                    "exchangeInterval", builder -> builder.exchangeInterval(Duration.ofMillis(10)),
                    "publishInterval", builder -> builder.publishInterval(Duration.ofSeconds(1)),
                    "joinTimeout", builder -> builder.joinTimeout(Duration.ZERO))))
        .flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void call_afterOpen_isRejected(String method, Consumer<PresenceBuilder> call) {
    PresenceBuilder builder = small();
    builder.open().close();

    assertThatThrownBy(() -> call.accept(builder))
        .as(method)
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessage("a builder must not be used after open()");
  }

  @Test
  void calls_coverEveryMethodOfTheBuilder() {
    assertThat(calls().map(arguments -> arguments.get()[0]))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(PresenceBuilder.class.getMethods())
                .filter(method -> method.getDeclaringClass() == PresenceBuilder.class)
                .<Object>map(method -> method.getName())
                .toList());
  }

  @Test
  void setter_goodValue_returnsTheBuilder() {
    PresenceBuilder builder = small();

    assertThat(builder.name("friends")).isSameAs(builder);
    assertThat(builder.onlineWindow(Duration.ofSeconds(1))).isSameAs(builder);
    assertThat(builder.retention(Duration.ofSeconds(1))).isSameAs(builder);
    assertThat(builder.tiers(TIERS)).isSameAs(builder);
    assertThat(builder.maxUsers(1)).isSameAs(builder);
    assertThat(builder.persistTo(Path.of("stamps"))).isSameAs(builder);
    assertThat(builder.snapshotInterval(Duration.ofDays(1))).isSameAs(builder);
    assertThat(builder.onCorruptFile(CorruptFileAction.FAIL)).isSameAs(builder);
    assertThat(builder.sweepInterval(Duration.ZERO)).isSameAs(builder);
    assertThat(builder.clock(InstantSource.system())).isSameAs(builder);
    assertThat(builder.threadFactory(Thread::new)).isSameAs(builder);
    assertThat(builder.registerMXBean(true)).isSameAs(builder);
    assertThat(builder.replicateThrough(new LogInMemory())).isSameAs(builder);
    assertThat(builder.exchangeInterval(Duration.ofSeconds(10))).isSameAs(builder);
    assertThat(builder.publishInterval(Duration.ofSeconds(1))).isSameAs(builder);
    assertThat(builder.joinTimeout(Duration.ofHours(1))).isSameAs(builder);
  }

  private static PresenceBuilder small() {
    return Presence.builder().maxUsers(1);
  }

  private static void assertOpensAs(PresenceBuilder builder, String text) {
    try (Presence presence = builder.open()) {
      assertThat(presence).hasToString(text);
    }
  }

  private static Stream<Arguments> setters(Map<String, Consumer<PresenceBuilder>> byName) {
    return byName.entrySet().stream().map(entry -> arguments(entry.getKey(), entry.getValue()));
  }
}
