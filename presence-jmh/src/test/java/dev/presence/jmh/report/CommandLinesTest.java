package dev.presence.jmh.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class CommandLinesTest {

  private final StringWriter text = new StringWriter();

  @Command(name = "report")
  private static final class Report implements Callable<Integer> {
    @Mixin private ReportOptions options;

    @Option(names = "--users")
    private int users;

    @Override
    public Integer call() throws IOException {
      return options.measures() ? users : options.from("results.json").getNameCount();
    }
  }

  @Test
  void run_help_printsOptionsAndDoesNothing() {
    assertThat(run("--help")).isZero();
    assertThat(text.toString())
        .contains("Usage: report", "--quick", "--from=FOLDER", "--to=FOLDER");
  }

  @Test
  void run_unknownOption_namesItAndReturnsTwo() {
    assertThat(run("--fast")).isEqualTo(2);
    assertThat(text.toString()).startsWith("Unknown option: '--fast'");
  }

  @Test
  void run_quickWithFrom_returnsTwo() {
    assertThat(run("--quick", "--from=folder")).isEqualTo(2);
    assertThat(text.toString()).contains("mutually exclusive");
  }

  @Test
  void run_folderWithoutResults_saysWhatIsMissing(@TempDir Path folder) {
    assertThat(run("--from", folder.toString())).isEqualTo(1);
    assertThat(text)
        .hasToString(
            "report: folder must have results: missing="
                + folder.resolve("results.json")
                + System.lineSeparator());
  }

  @Test
  void run_numberWithUnderscores_isANumber() {
    assertThat(run("--users=1_000")).isEqualTo(1000);
  }

  @Test
  void run_textForANumber_saysSo() {
    assertThat(run("--users=many")).isEqualTo(2);
    assertThat(text.toString())
        .startsWith("Invalid value for option '--users': not a whole number: many");
  }

  private int run(String... args) {
    PrintWriter writer = new PrintWriter(text);
    return CommandLines.commandLine(new Report()).setOut(writer).setErr(writer).execute(args);
  }
}
