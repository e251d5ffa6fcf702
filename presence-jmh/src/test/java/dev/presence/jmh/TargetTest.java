package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.jmh.report.Figure;
import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.Measure;
import dev.presence.jmh.report.Score;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
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
            figure(BenchmarkResults.STATUS_OF_100, ContenderType.PRESENCE, 50),
            figure(BenchmarkResults.STATUS_OF_100.inThreads(2), ContenderType.PRESENCE, 50));

    assertThat(target.value()).hasValue(2);
  }

  @Test
  void all_twentyUsers_takeTwentyTimesTheTimeOfOne() {
    assertThat(
            target(
                    "one call of statusOf 20",
                    figure(BenchmarkResults.STATUS_OF_20, ContenderType.PRESENCE, 100))
                .value())
        .hasValue(2);
  }

  @Test
  void all_ratio_dividesByTheOtherContender() {
    Target target =
        target(
            "isOnline, system clock: presence / Chronicle Map",
            figure(BenchmarkResults.IS_ONLINE, ContenderType.PRESENCE, 50),
            figure(BenchmarkResults.IS_ONLINE, ContenderType.CHRONICLE, 200));

    assertThat(target.value()).hasValue(0.25);
    assertThat(target.reached()).isTrue();
  }

  @Test
  void all_freeClock_ignoresTheSystemClock() {
    Target target =
        target(
            "isOnline, free clock: presence / Chronicle Map",
            figure(BenchmarkResults.IS_ONLINE, ContenderType.PRESENCE, 70),
            figure(BenchmarkResults.IS_ONLINE, ContenderType.CHRONICLE, 80),
            figure(BenchmarkResults.IS_ONLINE_FREE_CLOCK, ContenderType.PRESENCE, 20),
            figure(BenchmarkResults.IS_ONLINE_FREE_CLOCK, ContenderType.CHRONICLE, 80));

    assertThat(target.value()).hasValue(0.25);
  }

  @Test
  void all_ratioToOneGet_dividesByTheSingleCallWithTheFreeClock() {
    Target target =
        target(
            "statusOf 20: presence / one isOnline of Chronicle Map, free clock",
            figure(BenchmarkResults.STATUS_OF_20, ContenderType.PRESENCE, 50),
            figure(BenchmarkResults.IS_ONLINE, ContenderType.CHRONICLE, 900),
            figure(BenchmarkResults.IS_ONLINE_FREE_CLOCK, ContenderType.CHRONICLE, 400));

    assertThat(target.value()).hasValue(0.125);
    assertThat(target.reached()).isTrue();
  }

  @Test
  void all_twoFormsOfConcurrentHashMap_dividesByTheFasterOne() {
    Target target =
        target(
            "isOnline, free clock: presence / ConcurrentHashMap",
            figure(BenchmarkResults.IS_ONLINE_FREE_CLOCK, ContenderType.PRESENCE, 300),
            figure(BenchmarkResults.IS_ONLINE_FREE_CLOCK, ContenderType.CONCURRENT_HASH_MAP, 200),
            figure(
                BenchmarkResults.IS_ONLINE_FREE_CLOCK,
                ContenderType.CONCURRENT_HASH_MAP_AFTER_GC,
                150));

    assertThat(target.value()).hasValue(2);
  }

  private static Target target(String what, Figure... figures) {
    BenchmarkResults results = new BenchmarkResults(new Figures(List.of(figures)), List.of(), null);
    return Stream.concat(Target.first(results).stream(), Target.later(results).stream())
        .filter(target -> target.what().equals(what))
        .findFirst()
        .orElseThrow();
  }

  private static Figure figure(Measure measure, ContenderType contender, double nanosPerUser) {
    int batch = Integer.parseInt(measure.params().get("batch"));
    return new Figure(
        measure.benchmark(),
        measure.with("store", contender).params(),
        measure.threads(),
        Score.exact(batch * nanosPerUser));
  }
}
