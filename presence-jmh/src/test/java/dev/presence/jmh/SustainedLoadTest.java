package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SustainedLoadTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void call_fewUsers_saysWhoIsOnlineAndWhatABillionWouldTake()
      throws IOException, InterruptedException {
    assertThat(new SustainedLoad(2000, 2, 1, 1, out).call()).isZero();

    List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(3 + 4 + 2);
    assertThat(lines.subList(3, 7))
        .allMatch(line -> line.matches("(generator|heartbeats) +(due|call)( +[0-9.,]+%?){7}"));
    assertThat(lines.get(7)).contains("online at the end: 2,000 of 2,000");
    assertThat(lines.get(8)).startsWith("computed, not measured: 1,000,000,000 users = ");
  }

  @Test
  void call_lessThanABatchASecond_throws() {
    assertThatThrownBy(() -> new SustainedLoad(199, 2, 1, 1, out).call())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("each thread must have a batch per second: users=199 threads=2");
  }
}
