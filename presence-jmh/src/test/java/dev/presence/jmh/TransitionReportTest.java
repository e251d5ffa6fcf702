package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.jmh.TransitionStep.Settings;
import dev.presence.jmh.report.CommandLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every part of the report, as small as can be, however fast. */
class TransitionReportTest {

  private static final String NUMBER = " +-?[0-9.,]+";
  private static final String TARGET = " +.*[≤] [0-9.,]+.*: (not )?reached";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void call_everyPart_printsEveryRow() {
    assertThat(run("--users=1_000", "--scan-users=1_000,2_000")).isZero();

    assertThat(lines())
        .filteredOn(
            line -> line.matches("heartbeats?( 100)? +1.*(" + NUMBER + "){4} to" + NUMBER + TARGET))
        .hasSize(4);
    assertThat(lines())
        .filteredOn(line -> line.matches("comebacks 100 +1.* with ≤ 150 ns: (not )?reached"))
        .hasSize(2);
    assertThat(lines()).filteredOn(line -> line.matches("new user +1.* none")).hasSize(2);
    assertThat(lines())
        .filteredOn(line -> line.matches("(heart|come)\\S+( 100)?" + NUMBER + "  ≤ 0.00 B: .*"))
        .hasSize(3);
    assertThat(lines())
        .anyMatch(line -> line.startsWith("1,000 users leave in the same second: "))
        .anyMatch(line -> line.matches("told: [1-9]\\d* of 200; resyncs: \\d+; holds: \\d+"))
        .anyMatch(line -> line.matches("1,000 users, 50 come one by one.*"))
        .anyMatch(line -> line.matches("max" + NUMBER + "  ≤ 1,000 ms: (not )?reached"))
        .anyMatch(line -> line.matches(" +1,000 +[0-9]+(" + NUMBER + "){3}" + TARGET))
        .anyMatch(line -> line.matches(" +2,000 +[0-9]+(" + NUMBER + "){3}" + TARGET))
        .anyMatch(line -> line.matches("heap while somebody listens:.*" + TARGET));
  }

  @Test
  void call_somePart_printsNoOther() {
    assertThat(run("--users=1_000", "--only=heap")).isZero();
    assertThat(lines()).hasSize(3);
  }

  @Test
  void call_tooFewUsers_fails() {
    assertThat(run("--users=999")).isEqualTo(1);
    assertThat(bytes.size()).isZero();
  }

  @Test
  void inNewJvm_aStep_returnsWhatItMeasures() throws IOException, InterruptedException {
    Settings settings = new Settings(1_000, Beats.COMEBACK, Subscribers.FRIENDS, 1, 1, 1);
    assertThat(TransitionReport.inNewJvm(TransitionStep.PAIRS, settings)).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void load_runTwice_hasToldTheListenersOfEachTransition(Beats beats) {
    try (TransitionLoad load = beats.open(1_000)) {
      load.listen(Subscribers.EVERYBODY);
      long online = load.presence.onlineCount();
      for (int i = 0; i < 12; i++) { // once around
        load.prepare();
        int beaten = load.run();
        load.awaitTold();
        assertThat(beaten).isEqualTo(1_000);
        assertThat(load.presence.onlineCount())
            .isEqualTo(beats == Beats.NEW_USER ? online + 1_000 : 1_000);
      }
      assertThat(load.presence.stats().subscriptions()).isEqualTo(1);
      load.listen(Subscribers.NOBODY);
      assertThat(load.presence.stats().subscriptions()).isZero();
    }
  }

  private int run(String... args) {
    List<String> all =
        new ArrayList<>(List.of("--jvms=1", "--pairs=1", "--millis=1", "--seconds=1"));
    all.addAll(List.of(args));
    return CommandLines.run(
        new TransitionReport(out, TransitionStep::run), all.toArray(String[]::new));
  }

  private List<String> lines() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
