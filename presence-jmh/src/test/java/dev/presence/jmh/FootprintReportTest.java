package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.jmh.report.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FootprintReportTest {

  @Test
  void print_twoContenders_hasARowForEach() throws IOException, InterruptedException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    FootprintReport.print(
        List.of(ContenderType.PRESENCE, ContenderType.CONCURRENT_HASH_MAP), List.of(100_000), out);

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .hasSize(4)
        .satisfiesExactly(
            head ->
                assertThat(head)
                    .matches("contender +users +off-heap +heap +resident +bytes per user"),
            presence -> assertThat(presence).matches("PRESENCE +100,000( +([0-9.]+|unknown)){3}"),
            map -> assertThat(map).matches("CONCURRENT_HASH_MAP +100,000( +([0-9.]+|unknown)){3}"),
            sum -> assertThat(sum).startsWith("computed, not measured: PRESENCE, 1,000,000,000"));
  }

  @Test
  void measure_offHeapContender_survivesJson() throws IOException {
    Footprint footprint = FootprintProbe.measure(ContenderType.PRESENCE, 100_000);

    assertThat(footprint.offHeapBytesPerUser()).isPositive();
    assertThat(Json.parse(Json.line(footprint), Footprint.class)).isEqualTo(footprint);
  }
}
