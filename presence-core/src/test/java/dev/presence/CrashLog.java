package dev.presence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which heartbeats a process tried, and which of them returned. Each line is written at once,
 * past all buffers of the process: it survives a kill.
 */
public final class CrashLog {

  /** How many heartbeats go together. */
  public static final int HEARTBEATS = 64;

  private static final int ATTEMPT_BYTES = HEARTBEATS * Long.BYTES;
  private static final int ANSWER_BYTES = 2 * Long.BYTES;

  private final FileChannel channel;
  private final ByteBuffer attempt = ByteBuffer.allocate(ATTEMPT_BYTES);
  private final ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);

  public CrashLog(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** Before the heartbeats of these users. */
  public void trying(long[] userIds) throws IOException {
    attempt.clear();
    attempt.asLongBuffer().put(userIds);
    channel.write(attempt);
  }

  /** When they have returned: the seconds before and after. */
  public void returned(long before, long after) throws IOException {
    answer.clear();
    answer.putLong(before).putLong(after);
    channel.write(answer.flip());
  }

  /** Heartbeats that were tried together; the seconds are 0 if they may not have returned. */
  static final class Entry {
    final long[] userIds;
    final long before;
    final long after;

    Entry(long[] userIds, long before, long after) {
      this.userIds = userIds;
      this.before = before;
      this.after = after;
    }

    boolean hasReturned() {
      return after != 0;
    }
  }

  /** Reads what a process has written; the file may be missing, or end anywhere. */
  static List<Entry> read(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    if (!Files.exists(file)) {
      return entries;
    }
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
    while (in.remaining() >= ATTEMPT_BYTES) {
      long[] userIds = new long[HEARTBEATS];
      in.asLongBuffer().get(userIds);
      in.position(in.position() + ATTEMPT_BYTES);
      boolean hasReturned = in.remaining() >= ANSWER_BYTES;
      entries.add(
          new Entry(userIds, hasReturned ? in.getLong() : 0, hasReturned ? in.getLong() : 0));
    }
    return entries;
  }
}
