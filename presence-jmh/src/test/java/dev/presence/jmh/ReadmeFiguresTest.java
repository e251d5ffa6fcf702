package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's figures are those of the last reports, to the letter. */
class ReadmeFiguresTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Path RESULTS = Path.of("results");

  @ParameterizedTest
  @CsvSource({"results, summary.md", "stores, stores.md"})
  void readme_betweenTheMarkers_isTheSummary(String marker, String file) throws IOException {
    assertThat(between(marker)).isEqualTo(Files.readString(RESULTS.resolve(file)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cached-clock",
        "latency",
        "sustained",
        "footprint",
        "hundred-million",
        "huge-pages"
      })
  void readme_betweenTheMarkers_isWhatTheProgramPrinted(String name) throws IOException {
    String printed = Files.readString(RESULTS.resolve(name + ".txt"));
    assertThat(between(name)).isEqualTo("```text\n" + printed + "```\n");
  }

  private static String between(String marker) throws IOException {
    String readme = Files.readString(README);
    String start = "<!-- " + marker + ":start -->\n";
    String end = "<!-- " + marker + ":end -->";
    assertThat(readme).containsOnlyOnce(start).containsOnlyOnce(end);
    return readme.substring(readme.indexOf(start) + start.length(), readme.indexOf(end));
  }
}
