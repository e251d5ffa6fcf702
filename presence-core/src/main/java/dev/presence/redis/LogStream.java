package dev.presence.redis;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One stream of the log, and how far a session has read it. */
final class LogStream {

  private final int number;
  private final byte[] key;
  private final TrimLine trimLine = new TrimLine();
  private StreamId read = StreamId.ZERO;
  private long readNanos = System.nanoTime();
  private int count = Round.LARGEST_COUNT;

  /** A stream whose number alone decides its slot in a cluster. */
  LogStream(String prefix, int number) {
    this.number = number;
    this.key = (prefix + ":log:{" + number + "}").getBytes(StandardCharsets.UTF_8);
  }

  int number() {
    return number;
  }

  byte[] key() {
    return key;
  }

  /** After which entry to read. */
  StreamId read() {
    return read;
  }

  /** How many entries to ask for, of so many that an answer may have. */
  int count(int limit) {
    return Math.min(count, limit);
  }

  StreamId trimBefore(long clockMillis, long horizonMillis) {
    return trimLine.before(read, clockMillis, horizonMillis);
  }

  /**
   * An own frame became this entry.
   *
   * @return whether the stream goes on; if not, it was deleted and has begun anew
   */
  boolean appended(StreamId id) {
    boolean goesOn = id.compareTo(read) > 0;
    if (!goesOn) {
      beginAnew();
    }
    return goesOn;
  }

  /**
   * Takes a whole answer.
   *
   * @param asked for so many entries
   * @return whether it was the last one for now
   */
  boolean take(StreamOutput answer, int asked, long clockMillis, long horizonMillis) {
    boolean caughtUp = answer.entries() < asked;
    count = Math.min(Round.LARGEST_COUNT, 2 * count);
    advance(answer, horizonMillis);
    return caughtUp && !isStale(clockMillis, horizonMillis);
  }

  /**
   * Takes what came before the connection was closed because of too many bytes, and goes past an
   * entry that is larger than any frame.
   *
   * @return how many entries are skipped by that
   */
  int takePart(StreamOutput answer, long horizonMillis) {
    count = 1;
    advance(answer, horizonMillis);
    StreamId tooLarge = answer.entries() == 0 ? answer.begunTooLarge() : null;
    if (tooLarge == null) {
      return 0;
    }
    read = tooLarge;
    return 1;
  }

  private void advance(StreamOutput answer, long horizonMillis) {
    long nowNanos = System.nanoTime();
    @Nullable StreamId last = answer.last();
    if (last != null) {
      read = last;
      readNanos = nowNanos;
    }
    trimLine.note(read, nowNanos, horizonMillis);
  }

  /**
   * Whether the stream may have expired and begun anew with names before those that were read,
   * because Redis' clock was set back: for a horizon nothing came, and the clock is behind.
   */
  private boolean isStale(long clockMillis, long horizonMillis) {
    boolean stale =
        read.isLaterThan(clockMillis)
            && System.nanoTime() - readNanos >= TimeUnit.MILLISECONDS.toNanos(horizonMillis);
    if (stale) {
      beginAnew();
    }
    return stale;
  }

  private void beginAnew() {
    read = StreamId.ZERO;
    readNanos = System.nanoTime();
    trimLine.forget();
  }
}
