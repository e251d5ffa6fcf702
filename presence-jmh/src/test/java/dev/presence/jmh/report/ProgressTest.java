package dev.presence.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong(-1);

  @Test
  void nextMeasurement_afterOthers_turnsFromThePlanToTheirTime() {
    Progress progress =
        new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), nanos::get, 2, 4, 1000);

    progress.nextPart("first");
    progress.nextMeasurement("a");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(60));
    progress.nextMeasurement("b");
    progress.nextPart("second");
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(20));
    progress.nextMeasurement("c");

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "",
            "# Part 1 of 2: first",
            "# 1 of 4, 17 min left: a",
            "# 2 of 4, 10 min left: b",
            "",
            "# Part 2 of 2: second",
            "# 3 of 4, 5 min left: c");
  }
}
