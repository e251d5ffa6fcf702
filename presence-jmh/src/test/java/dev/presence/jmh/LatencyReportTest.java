package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyReportTest {

  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void measure_fewUsers_writesARowForEachLoadOperationAndTime()
      throws IOException, InterruptedException {
    LatencyReport.measure(
        new LatencyLoad(1, 1000, Waiting.PARK, Duration.ofMillis(100)), folder, NOWHERE);

    List<String> lines = Files.readAllLines(folder.resolve(LatencyReport.TABLE));
    assertThat(lines).hasSize(3 + 12 + 1);
    assertThat(lines.get(1)).startsWith("1,000 users, window 30 s, sweep interval 100 ms");
    assertThat(lines.get(2)).endsWith("p50        p90        p99      p99.9     p99.99        max");
    assertThat(lines.subList(3, 15))
        .allMatch(
            line ->
                line.matches(
                    "(generator|steady load|mass expiry) +(heartbeat|statusOf 20) +(due|call)"
                        + "( +[0-9.,]+){7}"));
    assertThat(lines.get(15)).endsWith("online at the end: 1,000 of 1,000");
  }

  @Test
  void draw_publishedPercentiles_labelsEachOfThem() throws IOException {
    LatencyReport.draw(Path.of("results"), folder);

    assertThat(folder.resolve(LatencyReport.CHART))
        .content()
        .contains("<title>Latency", ">p99.99<", ">steady load<", ">mass expiry<", ">generator<");
  }

  @Test
  void pacedLoad_slowFirstCall_countsForThoseItDelays() {
    PacedLoad load =
        PacedLoad.run(
            System.nanoTime(),
            1000,
            1,
            Waiting.PARK,
            n -> {
              if (n == 0) {
                long unused = Waiting.PARK.untilNanos(System.nanoTime() + 200_000_000);
              }
            });

    assertThat(load.fromDue().getTotalCount()).isEqualTo(1000);
    assertThat(load.fromDue().getCountBetweenValues(10_000_000, 300_000_000_000L))
        .isGreaterThanOrEqualTo(180);
  }

  @Test
  void new_tooFewUsers_throws() {
    assertThatThrownBy(() -> new LatencyLoad(1, 99, Waiting.PARK, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("users must be >= 100: users=99");
  }
}
