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

/** The whole report with few users: only the figures differ from those of a billion. */
class BillionReportTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @Test
  void call_fewUsers_writesThePageItPrints() throws IOException {
    assertThat(call("--users=20_003", "--threads=2")).isZero();

    String page = Files.readString(folder.resolve(BillionReport.TEXT));
    assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(page);
    assertThat(page.lines())
        .anyMatch(line -> line.matches("20,003 users \\* .* GB: they fit"))
        .anyMatch(line -> line.matches("all +20,003 +[0-9,]+ +[0-9.]+"))
        .anyMatch(line -> line.matches("onlineCount +20,003 +[0-9,]+ +[0-9.]+"))
        .anyMatch(line -> line.contains(" 2,000 removed in "))
        .anyMatch(line -> line.endsWith("tracked after it: 18,003"))
        .anyMatch(line -> line.matches("answers checked: [0-9,]{6,}, wrong: 0"));
    assertThat(page.lines())
        .filteredOn(line -> line.matches("tenth \\d+ +2,00[01] +[0-9,]+ +[0-9.]+"))
        .hasSize(10);
    assertThat(page.lines())
        .filteredOn(line -> line.matches("(statusOf|isOnline|record).* [12] +[0-9,]+ .* (0|-)"))
        .hasSize(5 + 5 + 2);
  }

  @Test
  void call_oneThread_asksInNoOther() throws IOException {
    assertThat(call("--users=1_000", "--threads=1")).isZero();

    assertThat(Files.readAllLines(folder.resolve(BillionReport.TEXT)))
        .filteredOn(line -> line.matches("(statusOf|isOnline|record).* \\d +[0-9,]+ .* (0|-)"))
        .hasSize(5 + 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--users=0",
        "--users=999",
        "--threads=0",
        "--seconds=0",
        "--users=9_000_000_000_000_000"
      })
  void call_wrongOption_failsAndWritesNothing(String option) {
    assertThat(call(option)).isEqualTo(1);
    assertThat(folder).isEmptyDirectory();
    assertThat(bytes.size()).isZero();
  }

  private int call(String... args) {
    List<String> all = new ArrayList<>(List.of("--quick", "--to=" + folder));
    if (List.of(args).stream().noneMatch(arg -> arg.startsWith("--seconds"))) {
      all.add("--seconds=0.02");
    }
    all.addAll(List.of(args));
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return CommandLines.run(new BillionReport(out), all.toArray(String[]::new));
  }
}
