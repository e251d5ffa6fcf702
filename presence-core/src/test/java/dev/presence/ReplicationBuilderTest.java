package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the builder accepts and rejects of replication. */
class ReplicationBuilderTest {

  private static final Duration NANO = Duration.ofNanos(1);

  private static PresenceBuilder builder() {
    return Presence.builder().maxUsers(1);
  }

  static Stream<Arguments> nulls() {
    return Stream.of(
        nullFor("log", builder -> builder.replicateThrough(null)),
        nullFor("exchangeInterval", builder -> builder.exchangeInterval(null)),
        nullFor("publishInterval", builder -> builder.publishInterval(null)),
        nullFor("joinTimeout", builder -> builder.joinTimeout(null)));
  }

  private static Arguments nullFor(String parameter, Consumer<PresenceBuilder> setter) {
    return arguments(parameter, setter);
  }

  @ParameterizedTest
  @MethodSource("nulls")
  void setter_null_throwsNamingTheParameter(String parameter, Consumer<PresenceBuilder> setter) {
    assertThatThrownBy(() -> setter.accept(builder()))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage(parameter);
  }

  /** Somebody else's log. */
  private static final class ForeignLog implements ReplicationLog {
    @Override
    public String toString() {
      return "foreign";
    }
  }

  static Stream<Arguments> bad() {
    return Stream.of(
        badFor(
            "log must be one of the library's: log=foreign",
            builder -> builder.replicateThrough(new ForeignLog())),
        badFor(
            "exchangeInterval must be >= PT0.01S: exchangeInterval=PT0.009999999S",
            builder -> builder.exchangeInterval(Duration.ofMillis(10).minus(NANO))),
        badFor(
            "exchangeInterval must be <= PT10S: exchangeInterval=PT10.000000001S",
            builder -> builder.exchangeInterval(Duration.ofSeconds(10).plus(NANO))),
        badFor(
            "publishInterval must be >= PT1S: publishInterval=PT0S",
            builder -> builder.publishInterval(Duration.ZERO)),
        badFor(
            "publishInterval must be whole seconds: publishInterval=PT1.5S",
            builder -> builder.publishInterval(Duration.ofMillis(1_500))),
        badFor(
            "joinTimeout must be >= PT0S: joinTimeout=PT-0.000000001S",
            builder -> builder.joinTimeout(NANO.negated())),
        badFor(
            "joinTimeout must be <= PT1H: joinTimeout=PT1H0.000000001S",
            builder -> builder.joinTimeout(Duration.ofHours(1).plus(NANO))));
  }

  private static Arguments badFor(String message, Consumer<PresenceBuilder> setter) {
    return arguments(message, setter);
  }

  @ParameterizedTest
  @MethodSource("bad")
  void setter_badValue_isRejected(String message, Consumer<PresenceBuilder> setter) {
    assertThatThrownBy(() -> setter.accept(builder()))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void publishInterval_longerThanTheWindow_isRejectedByOpenAndCanBeCorrected() {
    PresenceBuilder builder =
        builder().replicateThrough(new LogInMemory()).publishInterval(Duration.ofSeconds(31));
    assertThatThrownBy(builder::open)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "publishInterval must be <= onlineWindow: publishInterval=PT31S onlineWindow=PT30S");
    try (Presence presence = builder.publishInterval(Duration.ofSeconds(30)).open()) {
      assertThat(presence.stats().replication().linked()).isTrue();
    }
  }

  @Test
  void publishInterval_withoutALog_doesNotMatter() {
    try (Presence presence = builder().publishInterval(Duration.ofSeconds(31)).open()) {
      assertThat(presence.stats().replication().linked()).isFalse();
    }
  }

  @Test
  void intervals_atTheirBounds_open() {
    for (Duration interval : new Duration[] {Duration.ofMillis(10), Duration.ofSeconds(10)}) {
      Presence presence =
          builder()
              .replicateThrough(new LogInMemory())
              .exchangeInterval(interval)
              .joinTimeout(Duration.ofHours(1))
              .open();
      assertThat(presence.stats().replication().linked()).isTrue();
      presence.close();
    }
  }
}
