package dev.presence.jmh.report;

import java.util.ArrayList;
import java.util.List;

/** A table of a Markdown document, line by line. */
public final class MarkdownTable {

  private final List<String> lines = new ArrayList<>();

  /** Starts with the header; the first column holds texts, the others hold numbers. */
  public static MarkdownTable ofNumbers(String... header) {
    return new MarkdownTable("--:", header);
  }

  /** Starts with the header; all columns hold texts. */
  public static MarkdownTable ofTexts(String... header) {
    return new MarkdownTable("---", header);
  }

  private MarkdownTable(String alignment, String... header) {
    row((Object[]) header);
    lines.add("|---|" + (alignment + "|").repeat(header.length - 1));
  }

  public void row(Object... cells) {
    StringBuilder line = new StringBuilder("|");
    for (Object cell : cells) {
      String text = cell.toString().replace("|", "\\|");
      line.append(text.isEmpty() ? " |" : " " + text + " |");
    }
    lines.add(line.toString());
  }

  public List<String> lines() {
    return lines;
  }
}
