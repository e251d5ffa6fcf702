package dev.presence.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What Redis names an entry of a stream: its clock's milliseconds, and a number among those of the
 * same millisecond. If the clock is set back, the names go on from the last one.
 *
 * @param millis unsigned
 * @param sequence unsigned
 */
record StreamId(long millis, long sequence) implements Comparable<StreamId> {

  /** Before every entry. */
  static final StreamId ZERO = new StreamId(0, 0);

  static StreamId parse(ByteBuffer text) {
    return parse(StandardCharsets.US_ASCII.decode(text).toString());
  }

  static StreamId parse(String text) {
    int dash = text.indexOf('-');
    return new StreamId(
        Long.parseUnsignedLong(text.substring(0, dash)),
        Long.parseUnsignedLong(text.substring(dash + 1)));
  }

  /** Whether it is of a time that the clock has not reached yet. */
  boolean isLaterThan(long clockMillis) {
    return Long.compareUnsigned(millis, clockMillis) > 0;
  }

  @Override
  public int compareTo(StreamId other) {
    int order = Long.compareUnsigned(millis, other.millis);
    return order != 0 ? order : Long.compareUnsigned(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
  }
}
