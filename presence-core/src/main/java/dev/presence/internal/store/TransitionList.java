package dev.presence.internal.store;

import java.util.Arrays;

/** Transitions in order, as many as need be. For one thread. */
public final class TransitionList {

  private static final int FIRST_CAPACITY = 1024;

  private long[] numbers = new long[TransitionLog.NUMBERS * FIRST_CAPACITY];
  private int end;
  private boolean isIncomplete;

  /** Makes room for so many more, so that adding them cannot fail. */
  public void ensureRoom(int more) {
    ensureNumbers(TransitionLog.NUMBERS * more);
  }

  private void ensureNumbers(int more) {
    if (end + more > numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.max(end + more, 2 * numbers.length));
    }
  }

  /** Adds one, for which {@link #ensureRoom} has made room. */
  public void add(long userId, int stamp, boolean online) {
    numbers[end] = userId;
    numbers[end + 1] = TransitionLog.rest(stamp, online);
    end += TransitionLog.NUMBERS;
  }

  /** Moves everything from a log to the end of this. Under the log's lock. */
  public void drain(TransitionLog log) {
    int count = log.end;
    if (count > 0) {
      ensureNumbers(count);
      System.arraycopy(log.numbers, 0, numbers, end, count);
      log.end = 0;
      end += count;
    }
    if (log.hasOverflowed) {
      log.hasOverflowed = false;
      isIncomplete = true;
    }
  }

  public int size() {
    return end / TransitionLog.NUMBERS;
  }

  public long userId(int i) {
    return numbers[TransitionLog.NUMBERS * i];
  }

  /** The stamp with which the user came, or the last one before the user went. */
  public int stamp(int i) {
    return (int) rest(i);
  }

  /** Whether the user came; else the user went. */
  public boolean isOnline(int i) {
    return TransitionLog.isOnline(rest(i));
  }

  private long rest(int i) {
    return numbers[TransitionLog.NUMBERS * i + 1];
  }

  /** Whether transitions are missing, somewhere. */
  public boolean isIncomplete() {
    return isIncomplete;
  }

  /** Empties it. */
  public void clear() {
    end = 0;
    isIncomplete = false;
  }
}
