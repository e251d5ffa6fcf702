package dev.presence.internal.replication;

/**
 * How far the log's clock is ahead of the node's. Each exchange bounds the offset from both sides,
 * by the node's time before and after; within these bounds it stays what it was, so that the length
 * of a round trip does not make it waver.
 *
 * <p>Stamps move between the clocks by whole seconds. That loses nothing on the way there and back,
 * keeps the order of a node's stamps, and is nothing at all where the clocks agree.
 */
final class LogClock {

  /** A little more than half a second, so that an offset of half a second does not flicker. */
  private static final long LARGEST_REST_MILLIS = 600;

  private boolean known;
  private long offsetMillis;
  private long errorMillis;
  private long shiftSeconds;

  /**
   * Takes a measurement.
   *
   * @param beforeMillis the node's time before the log read its clock
   * @param afterMillis the node's time after that
   * @return by how many seconds the shift has changed
   */
  long measured(long beforeMillis, long afterMillis, long logMillis) {
    if (beforeMillis > afterMillis) {
      return 0; // the node's clock stepped back meanwhile: the next one counts
    }
    long least = logMillis - afterMillis;
    long most = logMillis - beforeMillis;
    long half = (most - least) / 2;
    long before = known ? offsetMillis : least + half;
    offsetMillis = Math.max(least, Math.min(most, before));
    errorMillis = known && offsetMillis == before ? Math.min(errorMillis, half) : half;
    known = true;
    if (Math.abs(offsetMillis - shiftSeconds * 1_000) <= LARGEST_REST_MILLIS) {
      return 0;
    }
    long old = shiftSeconds;
    shiftSeconds = Math.floorDiv(offsetMillis + 500, 1_000L);
    return shiftSeconds - old;
  }

  long offsetMillis() {
    return offsetMillis;
  }

  /** By how much the offset may be wrong. */
  long errorMillis() {
    return errorMillis;
  }

  long toLogMillis(long nodeMillis) {
    return nodeMillis + offsetMillis;
  }

  long toLogSecond(long nodeSecond) {
    return nodeSecond + shiftSeconds;
  }

  long toNodeSecond(long logSecond) {
    return logSecond - shiftSeconds;
  }
}
