package dev.presence.redis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * The entry of a stream before which everything is older than the horizon. Redis' clock says which,
 * unless it was set back: then the names of new entries stand still for as long, and no time would
 * be the line. So this notes now and then how far the stream had come, and takes what it had come
 * to a horizon ago.
 */
final class TrimLine {

  /** A name may be later than the clock by this much without the clock having been set back. */
  private static final long TOLERANCE_MILLIS = 1_000;

  private static final int MARKS_PER_HORIZON = 8;

  private final Deque<Mark> marks = new ArrayDeque<>();
  private StreamId passed = StreamId.ZERO;

  /** Notes how far the stream has come. */
  void note(StreamId last, long nowNanos, long horizonMillis) {
    long horizonNanos = TimeUnit.MILLISECONDS.toNanos(horizonMillis);
    Mark newest = marks.peekLast();
    if (newest == null || nowNanos - newest.nanos >= horizonNanos / MARKS_PER_HORIZON) {
      marks.addLast(new Mark(nowNanos, last));
    }
    while (!marks.isEmpty() && nowNanos - marks.peekFirst().nanos >= horizonNanos) {
      passed = marks.removeFirst().id;
    }
  }

  /** The stream has begun anew. */
  void forget() {
    marks.clear();
    passed = StreamId.ZERO;
  }

  /** Where to trim, if the stream has come as far as {@code last}. */
  StreamId before(StreamId last, long clockMillis, long horizonMillis) {
    return last.isLaterThan(clockMillis + TOLERANCE_MILLIS)
        ? passed
        : new StreamId(Math.max(0, clockMillis - horizonMillis), 0);
  }

  private record Mark(long nanos, StreamId id) {}
}
