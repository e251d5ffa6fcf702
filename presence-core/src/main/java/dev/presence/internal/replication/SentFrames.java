package dev.presence.internal.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The frames that this node has made in the last seconds, for two uses: a fail-over of the log may
 * have lost them although they were acknowledged; and they say which users have sent a heartbeat to
 * this node, and when. For one thread.
 */
final class SentFrames {

  private final Deque<Sent> frames = new ArrayDeque<>();
  private final long mostBytes;
  private long bytes;

  /** Up to which time of the log frames were dropped for want of room. */
  private long droppedMillis = Long.MIN_VALUE;

  /** What a drain found: a frame, or the heartbeats that are in none. */
  static final class Sent {
    /** When, in the log's time; the heartbeats came before. */
    final long logMillis;

    /** Null if there is none. */
    final byte[] bytes;

    /** Users whose heartbeats are in no frame, because they moved nothing. */
    final long[] repeated;

    /** Whether there were more of these, of any users. */
    final boolean lostRepeated;

    Sent(long logMillis, byte[] bytes) {
      this(logMillis, bytes, new long[0], false);
    }

    Sent(long logMillis, long[] repeated, boolean lostRepeated) {
      this(logMillis, null, repeated, lostRepeated);
    }

    private Sent(long logMillis, byte[] bytes, long[] repeated, boolean lostRepeated) {
      this.logMillis = logMillis;
      this.bytes = bytes;
      this.repeated = repeated;
      this.lostRepeated = lostRepeated;
    }

    private long size() {
      return (bytes == null ? 0 : bytes.length) + 8L * repeated.length;
    }
  }

  SentFrames(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  void add(Sent sent) {
    frames.addLast(sent);
    bytes += sent.size();
    while (bytes > mostBytes) {
      droppedMillis = Math.max(droppedMillis, removeFirst().logMillis);
    }
  }

  void forgetBefore(long logMillis) {
    while (!frames.isEmpty() && frames.getFirst().logMillis < logMillis) {
      removeFirst();
    }
  }

  private Sent removeFirst() {
    Sent first = frames.removeFirst();
    bytes -= first.size();
    return first;
  }

  /** Up to which time of the log, if any, younger frames than asked for are missing. */
  long droppedMillis() {
    return droppedMillis;
  }

  List<byte[]> all() {
    List<byte[]> all = new ArrayList<>();
    for (Sent sent : frames) {
      if (sent.bytes != null) {
        all.add(sent.bytes);
      }
    }
    return all;
  }

  /** Those made at a time of the log or later, the latest first. */
  List<Sent> since(long logMillis) {
    List<Sent> since = new ArrayList<>();
    frames
        .descendingIterator()
        .forEachRemaining(
            sent -> {
              if (sent.logMillis >= logMillis) {
                since.add(sent);
              }
            });
    return since;
  }
}
