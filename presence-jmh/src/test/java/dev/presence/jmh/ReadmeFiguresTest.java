package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's figures are those of the last report. */
class ReadmeFiguresTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Path SUMMARY = Path.of("results", ReportFiles.SUMMARY);
  private static final String START = "<!-- results:start -->\n";
  private static final String END = "<!-- results:end -->";

  @Test
  void readme_betweenTheMarkers_isTheSummary() throws IOException {
    String readme = Files.readString(README);
    int start = readme.indexOf(START);
    int end = readme.indexOf(END);
    assumeThat(start).as("the README has no figures yet").isNotNegative();
    assumeThat(SUMMARY).as("there is no report yet").exists();

    assertThat(end).isGreaterThan(start);
    assertThat(readme.substring(start + START.length(), end)).isEqualTo(Files.readString(SUMMARY));
  }
}
