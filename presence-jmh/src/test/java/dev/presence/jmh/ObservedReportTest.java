package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.jmh.report.CommandLines;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Every row of the report, as small as can be, however fast. */
class ObservedReportTest {

  @Test
  void call_small_printsEveryRow() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    int exitCode =
        CommandLines.run(
            new ObservedReport(out), "--users=1_000", "--jvms=1", "--pairs=1", "--millis=1");

    assertThat(exitCode).isZero();
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(
            line ->
                line.matches(
                    "(heartbeat|heartbeats 100|status 100) +(meters|recording)( +[0-9.,]+){3}"
                        + " +[0-9.]+ to +[0-9.]+  .*1\\.02: (not )?reached"))
        .hasSize(6);
  }
}
