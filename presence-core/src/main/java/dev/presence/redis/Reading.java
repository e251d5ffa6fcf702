package dev.presence.redis;

import dev.presence.internal.replication.LogReply;
import java.util.ArrayList;
import java.util.List;

/** What an exchange has read so far. */
final class Reading {

  private final List<byte[]> frames = new ArrayList<>();
  private int skipped;
  private long bytes;
  private boolean caughtUp = true;

  /** Adds what one stream said. */
  void add(StreamOutput answer) {
    List<byte[]> read = answer.get();
    frames.addAll(read);
    skip(answer.entries() - read.size());
  }

  void skip(int entries) {
    skipped += entries;
  }

  void addBytes(long read) {
    bytes += read;
  }

  /** There is more to read. */
  void leaveMore() {
    caughtUp = false;
  }

  LogReply reply(long clockMillis) {
    return new LogReply(clockMillis, frames, skipped, bytes, caughtUp);
  }
}
