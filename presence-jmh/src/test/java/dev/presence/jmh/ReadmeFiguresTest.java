package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents' figures are those of the last reports, to the letter. */
class ReadmeFiguresTest {

  private static final Path RESULTS = Path.of("results");
  private static final Path README = Path.of("README.md");

  @ParameterizedTest
  @CsvSource({
    "../README.md, headline, headline.md",
    "README.md, results, summary.md",
    "STORES.md, stores, stores.md"
  })
  void document_betweenTheMarkers_isTheReport(Path document, String marker, String file)
      throws IOException {
    assertThat(between(document, marker)).isEqualTo(Files.readString(RESULTS.resolve(file)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cached-clock",
        "latency",
        "sustained",
        "footprint",
        "restart",
        "transitions",
        "hundred-million",
        "huge-pages"
      })
  void readme_betweenTheMarkers_isWhatTheProgramPrinted(String name) throws IOException {
    String printed = Files.readString(RESULTS.resolve(name + ".txt"));
    assertThat(between(README, name)).isEqualTo("```text\n" + printed + "```\n");
  }

  private static String between(Path document, String marker) throws IOException {
    String text = Files.readString(document);
    String start = "<!-- " + marker + ":start -->\n";
    String end = "<!-- " + marker + ":end -->";
    assertThat(text).containsOnlyOnce(start).containsOnlyOnce(end);
    return text.substring(text.indexOf(start) + start.length(), text.indexOf(end));
  }
}
