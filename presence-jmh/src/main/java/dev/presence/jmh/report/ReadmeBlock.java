package dev.presence.jmh.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a program has printed, as a document shows it: between two markers. */
public final class ReadmeBlock {

  /** The document of this module, from the root of the project. */
  public static final Path BENCHMARKS = Path.of("presence-jmh", "README.md");

  private ReadmeBlock() {}

  /**
   * Puts a text in place of the one that is there.
   *
   * @throws IllegalArgumentException if the document has no such markers
   */
  public static void fill(Path document, String marker, String printed) throws IOException {
    String text = Files.readString(document);
    String start = "<!-- " + marker + ":start -->\n";
    String end = "<!-- " + marker + ":end -->";
    int from = text.indexOf(start);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "document must have both markers: document=" + document + " marker=" + marker);
    }
    Files.writeString(
        document,
        text.substring(0, from + start.length())
            + "```text\n"
            + printed
            + "```\n"
            + text.substring(to));
  }
}
