package dev.presence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Says which heartbeats a process tried, and which of them returned. Each line is written at once,
 * past all buffers of the process: it survives a kill.
 */
public final class CrashLog {

  /** How many heartbeats go together. */
  public static final int HEARTBEATS = 64;

  private static final long TRYING = 1;
  private static final long RETURNED = 2;
  private static final long BEGUN = 3;
  private static final int LONGEST_LINE = (1 + HEARTBEATS) * Long.BYTES;

  private final FileChannel channel;

  public CrashLog(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Before the heartbeats of these users. */
  public void trying(long[] userIds) throws IOException {
    write(TRYING, userIds);
  }

  /** When they have returned: the seconds before and after. */
  public void returned(long before, long after) throws IOException {
    write(RETURNED, before, after);
  }

  /** When a snapshot is begun. */
  public void begun(long number) throws IOException {
    write(BEGUN, number);
  }

  private void write(long kind, long... content) throws IOException {
    ByteBuffer line = ByteBuffer.allocate(LONGEST_LINE).putLong(kind);
    for (long number : content) {
      line.putLong(number);
    }
    channel.write(line.flip());
  }

  /** Heartbeats that were tried together; the seconds are 0 if they may not have returned. */
  static final class Entry {
    final long[] userIds;
    long before;
    long after;

    Entry(long[] userIds) {
      this.userIds = userIds;
    }

    boolean hasReturned() {
      return after != 0;
    }
  }

  /** What a process has written. */
  static final class Content {
    final List<Entry> entries = new ArrayList<>();

    /** For each snapshot that was begun, how many entries had returned before. */
    final Map<Long, Integer> returned = new HashMap<>();
  }

  /** Reads what a process has written; the file may be missing, or end anywhere. */
  static Content read(Path file) throws IOException {
    Content content = new Content();
    if (!Files.exists(file)) {
      return content;
    }
    LongBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).asLongBuffer();
    int returned = 0;
    while (in.hasRemaining()) {
      long kind = in.get();
      int length = kind == TRYING ? HEARTBEATS : kind == RETURNED ? 2 : 1;
      if (in.remaining() < length) {
        break;
      }
      long[] line = new long[length];
      in.get(line);
      if (kind == TRYING) {
        content.entries.add(new Entry(line));
      } else if (kind == RETURNED) {
        Entry entry = content.entries.get(returned++);
        entry.before = line[0];
        entry.after = line[1];
      } else {
        content.returned.put(line[0], returned);
      }
    }
    return content;
  }
}
