package dev.presence.internal.store;

import java.util.Arrays;

/** Numbers in the order in which they were added. */
public final class LongList {

  private long[] values = new long[16];
  private int size;

  /** Adds a number at the end. */
  public void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  /** The number at this position, from zero. */
  public long get(int position) {
    return values[position];
  }

  /** How many numbers there are. */
  public int size() {
    return size;
  }

  /** A copy of the numbers. */
  public long[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
