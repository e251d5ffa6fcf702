package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.jmh.report.Figure;
import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.Measure;
import dev.presence.jmh.report.Score;
import java.util.List;
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
            "isOnline: presence / Chronicle Map",
            figure(BenchmarkResults.IS_ONLINE, ContenderType.PRESENCE, 50),
            figure(BenchmarkResults.IS_ONLINE, ContenderType.CHRONICLE, 200));

    assertThat(target.value()).hasValue(0.25);
    assertThat(target.reached()).isTrue();
  }

  private static Target target(String what, Figure... figures) {
    BenchmarkResults results = new BenchmarkResults(new Figures(List.of(figures)), List.of(), null);
    return Target.all(results).stream()
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
