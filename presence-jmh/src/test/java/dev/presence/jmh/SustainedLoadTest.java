package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.jmh.report.CommandLines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SustainedLoadTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void call_fewUsers_saysWhoIsOnlineAndWhatABillionWouldTake() {
    assertThat(
            CommandLines.run(
                new SustainedLoad(out), "--users=2_000", "--seconds=1", "--beat-seconds=1"))
        .isZero();

    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(3 + 4 + 2);
    assertThat(lines.subList(3, 7))
        .allMatch(line -> line.matches("(generator|heartbeats) +(due|call)( +[0-9.,]+%?){7}"));
    assertThat(lines.get(7)).contains("online at the end: 2,000 of 2,000");
    assertThat(lines.get(8)).startsWith("computed, not measured: 1,000,000,000 users = ");
  }

  @Test
  void call_lessThanABatchPerSecond_fails() {
    assertThat(CommandLines.run(new SustainedLoad(out), "--users=1_999")).isEqualTo(1);
    assertThat(bytes.size()).isZero();
  }
}
