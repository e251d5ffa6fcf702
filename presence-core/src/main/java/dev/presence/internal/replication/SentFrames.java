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

  /** Up to which time of the log frames may be missing here. */
  private long missingMillis = Long.MIN_VALUE;

  /** A frame, or only what goes with it. */
  static final class Sent {
    /** When it was made, in the log's time; its heartbeats came before. */
    final long logMillis;

    /** Null if there is none. */
    final byte[] bytes;

    /** Users whose heartbeats are not in the frame, because they moved nothing. */
    final long[] repeated;

    /** Whether the heartbeats in the frame are of that time; otherwise they came long before. */
    final boolean isNews;

    Sent(long logMillis, byte[] bytes, long[] repeated, boolean isNews) {
      this.logMillis = logMillis;
      this.bytes = bytes;
      this.repeated = repeated;
      this.isNews = isNews;
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
      removeFirst();
    }
  }

  /** Says that up to a time of the log heartbeats came that are not in here. */
  void missing(long logMillis) {
    missingMillis = Math.max(missingMillis, logMillis);
  }

  void forgetBefore(long logMillis) {
    while (!frames.isEmpty() && frames.getFirst().logMillis < logMillis) {
      removeFirst();
    }
  }

  private void removeFirst() {
    Sent first = frames.removeFirst();
    bytes -= first.size();
    missing(first.logMillis);
  }

  /** Up to which time of the log heartbeats may be missing here. */
  long missingMillis() {
    return missingMillis;
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

  /** Those of heartbeats that came at a time of the log or later, the latest first. */
  List<Sent> since(long logMillis) {
    List<Sent> since = new ArrayList<>();
    frames
        .descendingIterator()
        .forEachRemaining(
            sent -> {
              if (sent.isNews && sent.logMillis >= logMillis) {
                since.add(sent);
              }
            });
    return since;
  }
}
