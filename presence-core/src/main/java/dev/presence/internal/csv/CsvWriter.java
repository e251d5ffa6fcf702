package dev.presence.internal.csv;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** Writes stamps to a new file. Uses a stream, which an interrupt does not close. */
public final class CsvWriter implements Closeable {

  static final String HEADER = "user_id,epoch_second";

  private final OutputStream out;

  /**
   * Creates the file.
   *
   * @throws FileAlreadyExistsException if it exists
   */
  public CsvWriter(Path path) throws IOException {
    File file = path.toFile();
    if (!file.createNewFile()) {
      throw new FileAlreadyExistsException(path.toString());
    }
    out = new BufferedOutputStream(new FileOutputStream(file), 1 << 16);
    writeLine(HEADER);
  }

  /** Writes a line. */
  public void write(long userId, int stamp) throws IOException {
    writeLine(userId + "," + Integer.toUnsignedString(stamp));
  }

  private void writeLine(String line) throws IOException {
    out.write(line.getBytes(StandardCharsets.US_ASCII));
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
