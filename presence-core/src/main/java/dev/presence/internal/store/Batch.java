package dev.presence.internal.store;

import java.util.Arrays;

/**
 * The working memory of a batch: some of the caller's ids and what a store finds out about them.
 * Reused from call to call, and small enough to stay in the processor's nearest caches.
 */
public final class Batch {

  /** How many ids a batch holds: enough for their cache misses to overlap. */
  public static final int CAPACITY = 128;

  /** The ids, from position zero. */
  public final long[] userIds = new long[CAPACITY];

  /** The stamp of each, {@link Stamp#NONE} for an unknown user. */
  public final int[] stamps = new int[CAPACITY];

  /** The positions that are left over; the call that fills it says why. */
  public final int[] rest = new int[CAPACITY];

  /** The address to read next for each id: a slot, then an entry. At the end, that of the stamp. */
  public final long[] addresses = new long[CAPACITY];

  public final long[] nextAddresses = new long[CAPACITY];
  public final long[] segments = new long[CAPACITY];
  public final int[] keys = new int[CAPACITY];
  public final int[] slots = new int[CAPACITY];
  public final int[] nextSlots = new int[CAPACITY];

  /** The address of the entry that may be the user's, or 0; and whose entry it is. */
  public final long[] entries = new long[CAPACITY];

  public final long[] foundIds = new long[CAPACITY];

  /** The version of each user's segment before the search. */
  public final int[] versions = new int[CAPACITY];

  /** How many users are in the batch. */
  public int size;

  /** Copies the next ids from an array, because the caller may change it at any moment. */
  public void load(long[] from, int start) {
    load(from, start, from.length);
  }

  /** Copies the next ids from an array of which only the part up to {@code end} counts. */
  public void load(long[] from, int start, int end) {
    size = Math.min(CAPACITY, end - start);
    System.arraycopy(from, start, userIds, 0, size);
  }

  /** Takes out the users at the first so many positions in {@link #rest}, and their stamps. */
  public void remove(int count) {
    Arrays.sort(rest, 0, count);
    for (int k = count - 1; k >= 0; k--) {
      size--;
      userIds[rest[k]] = userIds[size];
      stamps[rest[k]] = stamps[size];
    }
  }
}
