package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.jmh.report.Effort;
import dev.presence.jmh.report.Figures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchmarkPlanTest {

  private static final int FOOTPRINTS_SECONDS = 70;
  private static final int SETUP_SECONDS = 5;

  private final BenchmarkPlan plan = BenchmarkPlan.full();

  @Test
  void full_always_takesAsManyMinutesAsItSays() {
    double seconds =
        FOOTPRINTS_SECONDS
            + plan.steps().stream()
                .mapToDouble(step -> jvms(step) * (SETUP_SECONDS + seconds(step.effort())))
                .sum();

    assertThat(plan.steps().stream().mapToInt(BenchmarkPlanTest::jvms).sum()).isEqualTo(246);
    assertThat(Math.round(seconds / 60)).isEqualTo(plan.minutes());
  }

  @Test
  void full_rowsOfTheHeadline_areMeasuredInFiveJvms() {
    List<String> inHeadline =
        List.of(
            "PRESENCE",
            "CHRONICLE",
            "CONCURRENT_HASH_MAP",
            "CONCURRENT_HASH_MAP_AFTER_GC",
            "CONCURRENT_HASH_MAP_OF_CELLS",
            "CAFFEINE");

    assertThat(plan.steps().stream().filter(step -> step.effort().forks() == 5))
        .allSatisfy(step -> assertThat(inHeadline).containsAll(param(step, Figures.SUBJECT_PARAM)))
        .extracting(step -> step.part().measurements())
        .satisfies(
            each ->
                assertThat(each.stream().mapToInt(Integer::intValue).sum())
                    .isEqualTo(inHeadline.size() * 6));
  }

  @Test
  void steps_singleCalls_haveBothClocks() {
    assertThat(plan.steps())
        .filteredOn(
            step ->
                step.part().methods().contains("isOnline")
                    || step.part().methods().contains("heartbeat"))
        .isNotEmpty()
        .allSatisfy(step -> assertThat(param(step, "clock")).containsExactly("SYSTEM", "FREE"));
  }

  @Test
  void steps_always_giveArgumentsToMapsOfObjectsAlone() {
    assertThat(plan.steps())
        .allSatisfy(
            step ->
                assertThat(step.part().jvmArgs().isEmpty())
                    .isEqualTo(
                        param(step, Figures.SUBJECT_PARAM).stream()
                            .map(ContenderType::valueOf)
                            .noneMatch(ContenderType::isOnHeap)));
  }

  private static List<String> param(BenchmarkPlan.Step step, String name) {
    Map<String, List<String>> params = step.part().params();
    return params.getOrDefault(name, List.of());
  }

  private static int jvms(BenchmarkPlan.Step step) {
    return step.part().measurements() * step.effort().forks();
  }

  private static double seconds(Effort effort) {
    return (effort.warmUps() + effort.measurements()) * effort.iterationMillis() / 1000.0;
  }
}
