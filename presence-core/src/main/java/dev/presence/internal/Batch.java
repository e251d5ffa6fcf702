package dev.presence.internal;

/**
 * The working memory of a batch: a part of the caller's ids and what is found out about them.
 * Reused from call to call, and small enough to stay in the processor's nearest caches.
 */
final class Batch {

  /** How many ids are worked on at once: enough for their cache misses to overlap. */
  static final int CAPACITY = 128;

  final long[] userIds = new long[CAPACITY];
  final int[] stamps = new int[CAPACITY];
  final int[] rest = new int[CAPACITY];

  /** What is loaded next for each id: a slot, then an entry. At the end, where the stamp is. */
  final long[] addresses = new long[CAPACITY];

  final long[] nextAddresses = new long[CAPACITY];
  final long[] segments = new long[CAPACITY];
  final int[] keys = new int[CAPACITY];
  final int[] slots = new int[CAPACITY];
  final int[] nextSlots = new int[CAPACITY];

  /** The entry that may be the user's, or 0; and whose it is. */
  final long[] entries = new long[CAPACITY];

  final long[] foundIds = new long[CAPACITY];

  /** The versions of their segments before the search. */
  final int[] versions = new int[CAPACITY];

  int size;

  /** Takes the next ids; a copy, because the caller's array may change at any moment. */
  void load(long[] from, int start) {
    load(from, start, from.length);
  }

  /** The same for an array of which only a part counts. */
  void load(long[] from, int start, int end) {
    size = Math.min(CAPACITY, end - start);
    System.arraycopy(from, start, userIds, 0, size);
  }
}
