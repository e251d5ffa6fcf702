package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TargetTest {

  @Test
  void reached_atTheLimit_true() {
    assertThat(new Target("", OptionalDouble.of(2), 2, "", false).reached()).isTrue();
    assertThat(new Target("", OptionalDouble.of(2), 2, "", true).reached()).isTrue();
  }

  @Test
  void reached_onTheWrongSide_false() {
    assertThat(new Target("", OptionalDouble.of(2.1), 2, "", false).reached()).isFalse();
    assertThat(new Target("", OptionalDouble.of(1.9), 2, "", true).reached()).isFalse();
  }

  @Test
  void reached_notMeasured_false() {
    assertThat(new Target("", OptionalDouble.empty(), 2, "", false).reached()).isFalse();
  }

  @Test
  void all_twoThreadsAsFastAsOne_doTwiceAsMuch() {
    Target target =
        target(
            "statusOf 100: throughput of two threads / one",
            figure(Measure.STATUS_OF_100, Store.PRESENCE, 50),
            figure(Measure.STATUS_OF_100.byTwoThreads(), Store.PRESENCE, 50));

    assertThat(target.value()).hasValue(2);
  }

  @Test
  void all_twentyUsers_takeTwentyTimesTheTimeOfOne() {
    assertThat(
            target("one call of statusOf 20", figure(Measure.STATUS_OF_20, Store.PRESENCE, 100))
                .value())
        .hasValue(2);
  }

  @Test
  void all_ratio_dividesByTheRival() {
    Target target =
        target(
            "isOnline: presence / Chronicle Map",
            figure(Measure.IS_ONLINE, Store.PRESENCE, 50),
            figure(Measure.IS_ONLINE, Store.CHRONICLE, 200));

    assertThat(target.value()).hasValue(0.25);
    assertThat(target.reached()).isTrue();
  }

  private static Target target(String what, Figure... figures) {
    Results results =
        new Results(List.of(figures), new FootprintTable(List.of()), new Environment(Map.of()));
    return Target.all(results).stream()
        .filter(target -> target.what().equals(what))
        .findFirst()
        .orElseThrow();
  }

  private static Figure figure(Measure measure, Store store, double nanos) {
    return new Figure(measure, store, 1000, nanos, Double.NaN);
  }
}
