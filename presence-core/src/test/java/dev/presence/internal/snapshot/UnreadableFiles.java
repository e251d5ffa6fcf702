package dev.presence.internal.snapshot;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.HashMap;
import java.util.Map;

/** Files that the disk does not give away as they are read. */
final class UnreadableFiles extends ForwardingFiles {

  /** What a failing disk says: it does not name the file. */
  static final String REASON = "Input/output error";

  private static final int AT_OPENING = -1;

  private final Map<String, Integer> failures = new HashMap<>();
  private int readsBefore;

  UnreadableFiles(SnapshotFiles files) {
    super(files);
  }

  /** Lets opening a file fail. */
  UnreadableFiles cannotOpen(String name) {
    failures.put(name, AT_OPENING);
    return this;
  }

  /** Lets reading a file fail behind some bytes. */
  UnreadableFiles endsAt(String name, int bytes) {
    failures.put(name, bytes);
    return this;
  }

  /** Lets files be read some times before they fail. */
  UnreadableFiles after(int reads) {
    readsBefore = reads;
    return this;
  }

  @Override
  public InputStream read(String name) throws IOException {
    Integer failure = failures.get(name);
    if (failure == null || readsBefore-- > 0) {
      return files.read(name);
    }
    if (failure == AT_OPENING) {
      throw new IOException(REASON);
    }
    try (InputStream in = files.read(name)) {
      return new SequenceInputStream(
          new ByteArrayInputStream(in.readNBytes(failure)), new FailingStream());
    }
  }

  private static final class FailingStream extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException(REASON);
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      throw new IOException(REASON);
    }
  }
}
