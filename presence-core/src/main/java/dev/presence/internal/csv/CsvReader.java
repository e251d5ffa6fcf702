package dev.presence.internal.csv;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Reads stamps from a file, and checks each line. */
public final class CsvReader {

  private static final int LONGEST_SHOWN = 80;
  private static final long LAST_SECOND = 0xFFFF_FFFFL;

  private final Path path;

  /** Reads this file, which must not change meanwhile. */
  public CsvReader(Path path) {
    this.path = path;
  }

  /** Receives the lines of a file. */
  public interface LineConsumer {
    /** Takes one user. */
    void accept(long userId, long epochSecond);
  }

  /**
   * Reads all lines behind the header.
   *
   * @return how many there are
   * @throws IllegalArgumentException naming the first line that is not good
   */
  public long read(LineConsumer lines) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(path.toFile()), StandardCharsets.UTF_8))) {
      String header = in.readLine();
      if (!CsvWriter.HEADER.equals(header)) {
        throw bad("must be " + CsvWriter.HEADER, 1, header);
      }
      long count = 0;
      String line;
      while ((line = in.readLine()) != null) {
        count++;
        accept(line, count + 1, lines);
      }
      return count;
    }
  }

  private void accept(String line, long lineNumber, LineConsumer lines) {
    int comma = line.indexOf(',');
    long userId;
    long epochSecond;
    try {
      userId = Long.parseLong(line, 0, comma, 10);
      epochSecond = Long.parseLong(line, comma + 1, line.length(), 10);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw bad("must be two whole numbers with a comma between them", lineNumber, line);
    }
    if (epochSecond < 1 || epochSecond > LAST_SECOND) {
      throw bad("must have an epoch_second from 1 to " + LAST_SECOND, lineNumber, line);
    }
    lines.accept(userId, epochSecond);
  }

  private IllegalArgumentException bad(String rule, long lineNumber, String line) {
    String shown =
        line == null || line.length() <= LONGEST_SHOWN
            ? line
            : line.substring(0, LONGEST_SHOWN) + "…";
    return new IllegalArgumentException(
        "line " + lineNumber + " " + rule + ": file=" + path + " line=" + shown);
  }
}
