package dev.presence.jmh.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.jmh.report.CommandLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every part of the report, as small as can be, whatever the figures. */
@Tag("server")
class ReplicationReportTest {

  private static final String VERDICT = " +[0-9.,]+  [≤≥] .*: (not )?reached";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void call_everyPart_writesEveryRow() throws IOException {
    assertThat(
            call(
                ReplicationReportTest::here,
                "--users=2_000",
                "--nodes=2,3",
                "--seconds=1",
                "--window=5",
                "--beat=1",
                "--outage-seconds=1",
                "--outage-minutes=0.02"))
        .isZero();

    String text = Files.readString(folder.resolve(ReplicationReport.TEXT));
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(text);
    assertThat(text.lines())
        .filteredOn(line -> line.matches(" +2,000 +[23] (dense|random)( +[0-9.,]+){12}%"))
        .hasSize(4);
    for (String row :
        List.of(
            "visible, p99",
            "CPU of its thread, a received heartbeat",
            "a node joins",
            "bytes a user in Redis, dense ids",
            "bytes a user in Redis, random ids",
            "Redis' CPU a heartbeat: this / Redis, SET EX")) {
      assertThat(text.lines()).anyMatch(line -> line.matches(row + VERDICT));
    }
    assertThat(text.lines())
        .anyMatch(line -> line.startsWith("statusOf 20: users of another node / its own "))
        .anyMatch(line -> line.startsWith("heartbeats a second: with / without replication "))
        .anyMatch(line -> line.startsWith("the same, in batches of 100 "))
        .anyMatch(line -> line.matches("Redis held \\(SIGSTOP\\) for 1 s: [0-9,]+ answers checked"))
        .anyMatch(line -> line.matches("Redis killed, restarted empty for 1 s: [0-9,]+ answers.*"))
        .anyMatch(line -> line.startsWith("heap of a node, 1 s without a log "));
    assertThat(text.lines()).filteredOn(line -> line.matches("wrong answers +0.00 .*")).hasSize(2);
    assertThat(text).doesNotContain("redis://");
    assertThat(Files.readString(folder.resolve(ReplicationReport.CHART)))
        .contains("<title>What a heartbeat costs Redis</title>", "Redis, SET EX", "3 nodes");
  }

  @Test
  void inNewJvm_aPart_returnsWhatItMeasures() throws IOException, InterruptedException {
    ReplicationPlan plan = new ReplicationPlan(1_000, 2, true, 1, 5, 1, 1, 1);
    RivalBeats.Result result =
        ReplicationReport.inNewJvm(ReplicationPart.SORTED_SET, plan, RivalBeats.Result.class);

    assertThat(result.redisMicrosPerBeat()).isPositive();
    assertThat(result.bytesPerUser()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--users=999",
        "--nodes=1",
        "--nodes=2,1",
        "--seconds=0",
        "--outage-seconds=0",
        "--outage-seconds=18",
        "--outage-minutes=0"
      })
  void call_wrongOption_failsBeforeAnythingIsMeasured(String option) {
    assertThat(call(ReplicationReportTest::nowhere, option)).isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
    assertThat(bytes.size()).isZero();
  }

  @Test
  void call_somePartsForThePublishedResults_isRefused() {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    assertThat(
            CommandLines.run(
                new ReplicationReport(out, ReplicationReportTest::nowhere), "--only=HEAP"))
        .isEqualTo(1);
    assertThat(bytes.size()).isZero();
  }

  private int call(ReplicationTable.Jvm jvm, String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.add("--to=" + folder);
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return CommandLines.run(new ReplicationReport(out, jvm), all.toArray(String[]::new));
  }

  private static <T> T here(ReplicationPart part, ReplicationPlan plan, Class<T> type)
      throws IOException, InterruptedException {
    return type.cast(part.measure(plan));
  }

  private static <T> T nowhere(ReplicationPart part, ReplicationPlan plan, Class<T> type) {
    throw new AssertionError("nothing must be measured: part=" + part + " plan=" + plan);
  }
}
