package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presence.jmh.report.CommandLines;
import dev.presence.jmh.report.Effort;
import dev.presence.jmh.report.Figure;
import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.Part;
import dev.presence.jmh.report.Score;
import dev.presence.jmh.report.Subject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.RunnerException;

/** A whole report of one and two threads, as small as can be, however fast they are. */
class ScalingReportTest {

  private static final ScalingPlan PLAN = new ScalingPlan(100_000, 2, new Effort(0, 0, 1, 5), 1);

  @TempDir static Path folder;
  private static final ByteArrayOutputStream OUTPUT = new ByteArrayOutputStream();

  @BeforeAll
  static void run() throws IOException, InterruptedException, RunnerException {
    // Another run of JMH on this machine spoils nothing here.
    System.setProperty("jmh.ignoreLock", "true");
    ScalingReport.measure(
        PLAN, folder, "the command", new PrintStream(OUTPUT, true, StandardCharsets.UTF_8));
    ScalingReport.write(folder, folder);
  }

  @Test
  void measure_always_yieldsEveryCallWithEachNumberOfThreadsAndContender() throws IOException {
    ScalingResults results = ScalingResults.read(folder);

    assertThat(results.figures().all()).hasSize(5 * 2 * 2).doesNotHaveDuplicates();
    assertThat(results.threads()).containsExactly(1, 2);
    assertThat(results.users()).isEqualTo(100_000);
    for (ScalingResults.Call call : ScalingResults.CALLS) {
      for (ContenderType contender : ScalingPlan.CONTENDERS) {
        assertThat(results.throughput(call, 1, contender)).isPresent();
        assertThat(results.throughput(call, 2, contender)).isPresent();
      }
    }
  }

  @Test
  void measure_always_countsPartsAndMeasurements() {
    int measurements = PLAN.parts().stream().mapToInt(Part::measurements).sum();

    assertThat(measurements).isEqualTo(5 * 2 * 2);
    assertThat(OUTPUT.toString(StandardCharsets.UTF_8).lines())
        .contains("# Part 1 of 12: StatusOfBenchmark.statusOf|isOnline")
        .contains("# Part 12 of 12: HalfHeartbeatsBenchmark.heartbeatsAndStatus, 2 threads")
        .anyMatch(line -> line.startsWith("# 20 of 20, "))
        .noneMatch(line -> line.contains("JMH"));
  }

  @Test
  void text_always_saysWhereItWasAndHasEveryRow() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(ScalingTable.TEXT));

    assertThat(lines.get(0))
        .contains(
            System.getProperty("java.runtime.version"),
            Runtime.getRuntime().availableProcessors() + " cores");
    assertThat(lines)
        .hasSize(3 + 5 * 2)
        .filteredOn(line -> line.matches("[a-zA-Z, 0-9]+ [12]( +[0-9.,]+){5}"))
        .hasSize(5 * 2);
    assertThat(lines)
        .filteredOn(line -> line.matches("[a-zA-Z, 0-9]+ 1 +[0-9.,]+ +1\\.00 +[0-9.,]+ +1\\.00 .*"))
        .hasSize(5);
  }

  @Test
  void write_again_yieldsTheSameFiles(@TempDir Path other) throws IOException {
    ScalingReport.write(folder, other);

    for (String file : List.of(ScalingTable.TEXT, ScalingTable.CHART)) {
      assertThat(other.resolve(file)).hasSameTextualContentAs(folder.resolve(file));
    }
  }

  @Test
  void chart_always_namesEveryCallAndBothContenders() throws IOException {
    assertThat(Files.readString(folder.resolve(ScalingTable.CHART)))
        .contains(ScalingResults.CALLS.stream().map(ScalingResults.Call::name).toList())
        .contains(Subject.PRESENCE.label(), Subject.CONCURRENT_HASH_MAP.label())
        .contains("100,000 users", Runtime.getRuntime().availableProcessors() + " cores");
  }

  @Test
  void throughput_ofABatch_isThatOfItsUsersInAllThreads() {
    ScalingResults.Call call = ScalingResults.CALLS.get(0);
    ScalingResults results =
        new ScalingResults(new Figures(List.of(statusOf(1, 5_000), statusOf(4, 10_000))), null);

    // 100 users in 5 µs are 20 million a second; 4 threads with 100 users each in 10 µs 40 million.
    assertThat(results.throughput(call, 1, ContenderType.PRESENCE)).hasValue(20e6);
    assertThat(results.throughput(call, 4, ContenderType.PRESENCE)).hasValue(40e6);
    assertThat(results.ratio(call, 4, ContenderType.PRESENCE)).hasValue(2);
    assertThat(results.ratio(call, 2, ContenderType.PRESENCE)).isEmpty();
    assertThat(results.ratio(call, 4, ContenderType.CONCURRENT_HASH_MAP)).isEmpty();
  }

  private static Figure statusOf(int threads, double nanos) {
    return new Figure(
        StatusOfBenchmark.class.getName() + ".statusOf",
        Map.of("store", "PRESENCE", "batch", "100", "users", "1000"),
        threads,
        Score.exact(nanos));
  }

  @ParameterizedTest
  @CsvSource({"1, '1'", "2, '1,2'", "6, '1,2,4,6'", "64, '1,2,4,8,16,32,64'"})
  void threads_untilTheMost_doubleAndEndWithIt(int most, String expected) {
    assertThat(ScalingPlan.full(most).threads())
        .isEqualTo(List.of(expected.split(",", -1)).stream().map(Integer::valueOf).toList());
  }

  @Test
  void full_manyThreads_hasMoreUsers() {
    assertThat(ScalingPlan.full(64).users()).isEqualTo(10_000_000);
    assertThat(ScalingPlan.full(256).users()).isEqualTo(25_600_000);
  }

  @Test
  void plan_tooFewUsersForTheThreads_throws() {
    assertThatThrownBy(() -> new ScalingPlan(100_000, 3, PLAN.effort(), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("users must be >= 50000 for each thread: users=100000 threads=3");
  }

  @Test
  void call_noThread_failsAndWritesNothing(@TempDir Path other) {
    assertThat(CommandLines.run(new ScalingReport(), "--threads=0", "--to=" + other)).isEqualTo(1);
    assertThat(other).isEmptyDirectory();
  }
}
