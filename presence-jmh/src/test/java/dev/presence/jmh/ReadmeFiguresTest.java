package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.jmh.report.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents' figures are those of the last reports, to the letter. */
class ReadmeFiguresTest {

  /** Of a row of RestartReport, the milliseconds of opening after a kill. */
  private static final Pattern RESTART = Pattern.compile("% +(\\d+) \\(");

  private static final Path RESULTS = Path.of("results");
  private static final Path README = Path.of("README.md");

  @ParameterizedTest
  @CsvSource({
    "../README.md, headline, headline.md",
    "README.md, results, summary.md",
    "README.md, jdk-17, jdk-17/summary.md",
    "STORES.md, stores, stores.md"
  })
  void document_betweenTheMarkers_isTheReport(Path document, String marker, String file)
      throws IOException {
    assertThat(between(document, marker)).isEqualTo(Files.readString(RESULTS.resolve(file)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scaling",
        "latency",
        "sustained",
        "footprint",
        "billion",
        "restart",
        "transitions",
        "observed",
        "replication",
        "replication-scale",
        "hundred-million",
        "small-pages",
        "huge-heap"
      })
  void readme_betweenTheMarkers_isWhatTheProgramPrinted(String name) throws IOException {
    String printed = Files.readString(RESULTS.resolve(name + ".txt"));
    assertThat(between(README, name)).isEqualTo("```text\n" + printed + "```\n");
  }

  @Test
  void readmeOfTheProject_saysHowLongOpeningTakesAfterAKill() throws IOException {
    List<String> seconds =
        RESTART
            .matcher(Files.readString(RESULTS.resolve("restart.txt")))
            .results()
            .map(row -> Numbers.format("%.1f s", Integer.parseInt(row.group(1)) / 1e3))
            .toList();
    assertThat(Files.readString(Path.of("..", "README.md")))
        .contains(seconds.get(0) + " with a million users and " + seconds.get(1));
  }

  private static String between(Path document, String marker) throws IOException {
    String text = Files.readString(document);
    String start = "<!-- " + marker + ":start -->\n";
    String end = "<!-- " + marker + ":end -->";
    assertThat(text).containsOnlyOnce(start).containsOnlyOnce(end);
    return text.substring(text.indexOf(start) + start.length(), text.indexOf(end));
  }
}
