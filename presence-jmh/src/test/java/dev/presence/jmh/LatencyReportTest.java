package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyReportTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void print_fewUsers_hasARowForEachLoadAndOperationAndTime() throws IOException {
    new LatencyReport(1, 1000, Waiting.PARK, Duration.ofMillis(100), out).print();

    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(3 + 12 + 1);
    assertThat(lines.get(1)).startsWith("1,000 users, window 30 s, sweep interval 100 ms");
    assertThat(lines.get(2)).endsWith("p50        p90        p99      p99.9     p99.99        max");
    assertThat(lines.subList(3, 15))
        .allMatch(
            line ->
                line.matches(
                    "(generator|seed load|mass expiry) +(heartbeat|statusOf 20) +(due|call)"
                        + "( +[0-9.,]+){7}"));
    assertThat(lines.get(15)).endsWith("online at the end: 1,000 of 1,000");
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
                Waiting.PARK.until(System.nanoTime() + 200_000_000);
              }
            });

    assertThat(load.fromDue().getTotalCount()).isEqualTo(1000);
    assertThat(load.fromDue().getCountBetweenValues(10_000_000, 300_000_000_000L))
        .isGreaterThanOrEqualTo(180);
  }

  @Test
  void new_tooFewUsers_throws() {
    assertThatThrownBy(() -> new LatencyReport(1, 99, Waiting.PARK, Duration.ZERO, out))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("users must be >= 100: users=99");
  }
}
