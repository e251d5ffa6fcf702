package dev.presence.jmh;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The model as small as can be, whose time is its own: only the CPU differs from run to run. */
class ReplicationScaleTest {

  private static final NodeCpu CPU = new NodeCpu(100, 100, 20);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private static ScaleModel.Settings settings(int users, int scale, double mbits) {
    return new ScaleModel.Settings(users, scale, mbits, 1, CPU, 2);
  }

  @Test
  void run_fastLine_everyNodeReadsWhatAllSendWithinTwoExchanges() {
    ScaleModel.Result result = ScaleModel.run(settings(20_000, 10, 10_000), 4);

    assertThat(result.outBytes()).isBetween(3.5 * result.inBytes(), 4.5 * result.inBytes());
    assertThat(result.inBytes() / result.bytesPerUser()).isBetween(1_800.0, 2_500.0); // a second
    assertThat(result.lagP50Millis()).isBetween(150.0, 300.0);
    assertThat(result.lagMaxMillis()).isLessThan(450);
    assertThat(result.timeouts()).isZero();
  }

  @Test
  void run_moreUsersForEachOfTheSample_costsAsManyTimesTheBytes() {
    ScaleModel.Result small = ScaleModel.run(settings(20_000, 10, 10_000), 2);
    ScaleModel.Result large = ScaleModel.run(settings(20_000_000, 10_000, 10_000), 2);

    assertThat(large.outBytes() / small.outBytes()).isBetween(500.0, 1_000.0); // fewer headers
    assertThat(large.nodeCores()).isGreaterThan(900 * small.nodeCores());
  }

  @Test
  void run_slowLine_lagsAndGivesUp() {
    ScaleModel.Result result = ScaleModel.run(settings(20_000_000, 10_000, 10), 4);

    assertThat(result.lagMaxMillis()).isGreaterThan(1_000);
    assertThat(result.timeouts()).isPositive();
    assertThat(result.outBytes()).isLessThan(8 * result.inBytes());
  }

  @Test
  void run_again_isTheSameButForTheCpu() {
    ScaleModel.Result first = ScaleModel.run(settings(20_000, 10, 100), 3);
    ScaleModel.Result second = ScaleModel.run(settings(20_000, 10, 100), 3);

    assertThat(second).usingRecursiveComparison().ignoringFields("sampleNanos").isEqualTo(first);
  }

  @Test
  void limits_eachResourceScarce_isNamedFirst() {
    ScaleModel.Result result = new ScaleModel.Result(10, 1, 1, 2, 1, 1, 1, 1, 1, 0);

    assertThat(new ScaleLimits(CPU, 1, 1, 10_000).first(result))
        .isEqualTo(ScaleLimits.Limit.MEMORY);
    assertThat(new ScaleLimits(CPU, 16, 0.1, 10_000).first(result))
        .isEqualTo(ScaleLimits.Limit.CPU);
    assertThat(new ScaleLimits(CPU, 16, 1, 10).first(result)).isEqualTo(ScaleLimits.Limit.NETWORK);
    // 10 Mbit/s = 1.25 MB/s; 10 nodes x 2 bytes each 10 s
    assertThat(new ScaleLimits(CPU, 16, 1, 10).users(ScaleLimits.Limit.NETWORK, result))
        .isEqualTo(625_000);
  }

  @Test
  void call_small_writesThePageItPrints() throws IOException {
    assertThat(call("--users=200_000", "--scale=100", "--nodes=1,2", "--seconds=1")).isZero();

    String page = Files.readString(folder.resolve(ReplicationScale.TEXT));
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(page);
    assertThat(page.lines())
        .filteredOn(line -> line.matches(" +[12]( +[0-9.,]+){4}( +[0-9,-]+){4} +\\d+"))
        .hasSize(2);
    assertThat(page.lines())
        .filteredOn(line -> line.matches(" +[12]( +[0-9,]+){3}  (memory|CPU|the log's line).*"))
        .hasSize(2);
    assertThat(page).contains("1,000,000,000 users in groups of 2 nodes: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--scale=0",
        "--nodes=0,2",
        "--users=1_000",
        "--mbits=0",
        "--rtt=-1",
        "--seconds=0",
        "--cores=1.1"
      })
  void call_wrongOption_failsAndWritesNothing(String option) {
    assertThat(call(option)).isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
    assertThat(bytes.size()).isZero();
  }

  private int call(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--cpu-users=20_000", "--to=" + folder));
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return CommandLines.run(new ReplicationScale(out), all.toArray(String[]::new));
  }
}
