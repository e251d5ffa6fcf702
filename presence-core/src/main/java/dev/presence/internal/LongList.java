package dev.presence.internal;

import java.util.Arrays;

/** Numbers in the order in which they were added. */
final class LongList {

  long[] values = new long[16];
  int size;

  void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }
}
