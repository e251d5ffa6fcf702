package dev.presence.internal.replication;

import java.util.Arrays;

/**
 * Sorts ids by their bytes, the lowest one first, and passes over those in which all are equal:
 * dense ids differ in three or four. The thread of replication spends much of its time for a
 * heartbeat of its own on this. For one thread.
 */
final class LongSort {

  /** Fewer are sorted as fast by comparing. */
  private static final int FEWEST = 512;

  /** No longer array is kept. */
  private static final int LARGEST_KEPT = 1 << 16;

  private static final int VALUES = 256;

  private final int[] ends = new int[VALUES];
  private long[] spare = {};

  /** Sorts the first ids of an array. */
  void sort(long[] ids, int size) {
    if (size < FEWEST) {
      Arrays.sort(ids, 0, size);
      return;
    }
    if (spare.length < size) {
      spare = new long[ids.length];
    }
    long differing = 0;
    for (int i = 1; i < size; i++) {
      differing |= ids[i] ^ ids[0];
    }
    long[] from = ids;
    long[] to = spare;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      if ((differing >>> shift & 0xFF) != 0) {
        distribute(from, to, size, shift);
        long[] sorted = to;
        to = from;
        from = sorted;
      }
    }
    if (from != ids) {
      System.arraycopy(from, 0, ids, 0, size);
    }
    if (spare.length > LARGEST_KEPT) {
      spare = new long[0];
    }
  }

  /** Moves ids in the order of one byte; those with the same one stay in theirs. */
  private void distribute(long[] from, long[] to, int size, int shift) {
    // The highest byte has the sign: negative ids come first.
    int flip = shift == Long.SIZE - Byte.SIZE ? 0x80 : 0;
    Arrays.fill(ends, 0);
    for (int i = 0; i < size; i++) {
      ends[(int) (from[i] >>> shift & 0xFF) ^ flip]++;
    }
    for (int value = 1; value < VALUES; value++) {
      ends[value] += ends[value - 1];
    }
    for (int i = size - 1; i >= 0; i--) {
      to[--ends[(int) (from[i] >>> shift & 0xFF) ^ flip]] = from[i];
    }
  }
}
