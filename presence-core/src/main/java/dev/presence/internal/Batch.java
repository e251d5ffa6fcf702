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

  /** Where each id's search stands: in the slots first, then in the entries. */
  final long[] addresses = new long[CAPACITY];

  final int[] keys = new int[CAPACITY];
  final int[] slots = new int[CAPACITY];
  final long[] segments = new long[CAPACITY];

  /** The versions of their segments before the search, and where they are. */
  final int[] versions = new int[CAPACITY];

  final long[] versionAddresses = new long[CAPACITY];

  int size;

  /** Takes the next ids; a copy, because the caller's array may change at any moment. */
  void load(long[] from, int start) {
    size = Math.min(CAPACITY, from.length - start);
    System.arraycopy(from, start, userIds, 0, size);
  }
}
