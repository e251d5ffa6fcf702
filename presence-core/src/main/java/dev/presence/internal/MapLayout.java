package dev.presence.internal;

/**
 * Where a map keeps what in memory. Each segment is one stretch: a hash table of slots, then other
 * things, among them a bit for each entry in use, then the entries. A slot is zero, or holds some
 * bits of the user's hash (low) and the number of the user's entry (high). An entry is the user id
 * and, behind it, the stamp. The header of a segment says how many entries are in use, and below
 * which number all are.
 *
 * @param segments how many segments
 * @param firstHeader the address of the first segment's header, which holds its lock
 * @param headerStride from one header to the next
 * @param firstSegment the address of the first segment, which begins with its slots
 * @param segmentStride from one segment to the next
 * @param slotBytes the size of a slot
 * @param slots how many slots a segment has
 * @param keyBits how many bits of the hash a slot holds
 * @param bitsOffset from a segment to the bits of its entries in use
 * @param entriesOffset from a segment to its first entry
 * @param entryBytes the size of an entry
 * @param capacity the most users that one segment holds
 */
record MapLayout(
    int segments,
    long firstHeader,
    long headerStride,
    long firstSegment,
    long segmentStride,
    int slotBytes,
    int slots,
    int keyBits,
    long bitsOffset,
    long entriesOffset,
    int entryBytes,
    int capacity) {

  static final int SLOT_BYTES = Integer.BYTES;
  static final int STAMP_OFFSET = Long.BYTES;
  static final int ENTRY_BYTES = Long.BYTES + Integer.BYTES;

  private static final int ENTRY_COUNT_OFFSET = 8;
  private static final int LOWEST_FREE_OFFSET = 12;

  /** Behind everything that Chronicle Map keeps in a header, the smallest of which is 32 bytes. */
  private static final int VERSION_OFFSET = 28;

  /** Whether {@link LockFreeStore} can work on it: its sizes, and each stamp at a multiple of 4. */
  boolean isSupported() {
    long aligned = firstHeader | headerStride | firstSegment | segmentStride | entriesOffset;
    long wordAligned = firstSegment | segmentStride | bitsOffset;
    return slotBytes == SLOT_BYTES
        && entryBytes == ENTRY_BYTES
        && Integer.bitCount(slots) == 1
        && keyBits > 0
        && keyBits < Integer.SIZE
        && slots - 1 <= keyMask()
        && capacity < slots
        && aligned % Integer.BYTES == 0
        && wordAligned % Long.BYTES == 0;
  }

  int keyMask() {
    return (1 << keyBits) - 1;
  }

  /** The address of a segment's version: free memory in its header, zero in a new map. */
  long version(int segment) {
    return header(segment) + VERSION_OFFSET;
  }

  /** The address of the number of a segment's entries in use. */
  long entryCount(int segment) {
    return header(segment) + ENTRY_COUNT_OFFSET;
  }

  /** The address of a number below which all of a segment's entries are in use. */
  long lowestFree(int segment) {
    return header(segment) + LOWEST_FREE_OFFSET;
  }

  private long header(int segment) {
    return firstHeader + segment * headerStride;
  }

  long segment(int segment) {
    return firstSegment + segment * segmentStride;
  }

  /** How many bits of the hash the choice of a segment uses up. */
  int segmentBits() {
    if (segments == 1) {
      return 0;
    }
    boolean powerOfTwo = Integer.bitCount(segments) == 1;
    return powerOfTwo ? Integer.numberOfTrailingZeros(segments) : Integer.SIZE - 1;
  }
}
