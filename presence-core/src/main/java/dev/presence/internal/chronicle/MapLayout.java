package dev.presence.internal.chronicle;

/**
 * Where a map keeps everything in memory. Each segment is one stretch: a hash table of slots, then
 * other things, among them a bit for each entry in use, then the entries. A slot is zero, or holds
 * some bits of the user's hash (low) and the number of the user's entry (high). An entry is the
 * user id followed by the stamp. The header of a segment holds the number of entries in use, and a
 * number below which all entries are in use.
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
public record MapLayout(
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

  public static final int SLOT_BYTES = Integer.BYTES;
  public static final int STAMP_OFFSET = Long.BYTES;
  public static final int ENTRY_BYTES = Long.BYTES + Integer.BYTES;

  private static final int ENTRY_COUNT_OFFSET = 8;
  private static final int LOWEST_FREE_OFFSET = 12;

  private static final int SMALLEST_HEADER = 32;

  /** At the end of a header, behind everything that Chronicle Map keeps there. */
  private static final int VERSION_OFFSET = SMALLEST_HEADER - Integer.BYTES;

  /** Whether the lock-free store can work on it: known sizes, each stamp at a multiple of 4. */
  public boolean isSupported() {
    long aligned = firstHeader | headerStride | firstSegment | segmentStride | entriesOffset;
    long wordAligned = firstSegment | segmentStride | bitsOffset;
    return slotBytes == SLOT_BYTES
        && entryBytes == ENTRY_BYTES
        && Integer.bitCount(slots) == 1
        && keyBits > 0
        && keyBits < Integer.SIZE
        && slots - 1 <= keyMask()
        && capacity < slots
        && (segments == 1 || headerStride >= SMALLEST_HEADER)
        && segmentStride >= entriesOffset + (long) capacity * entryBytes
        && aligned % Integer.BYTES == 0
        && wordAligned % Long.BYTES == 0;
  }

  /**
   * Whether segments look alike in both, wherever they are and however many there are. Chronicle
   * Map spaces headers out where there are few of them, and segments where there are many.
   */
  public boolean isShapedLike(MapLayout other) {
    return slotBytes == other.slotBytes
        && slots == other.slots
        && keyBits == other.keyBits
        && bitsOffset == other.bitsOffset
        && entriesOffset == other.entriesOffset
        && entryBytes == other.entryBytes
        && capacity == other.capacity;
  }

  /** The bits of the hash that a slot holds. */
  public int keyMask() {
    return (1 << keyBits) - 1;
  }

  /** The address of a segment's version: free memory in its header, zero in a new map. */
  public long version(int segment) {
    return header(segment) + VERSION_OFFSET;
  }

  /** The address of the number of a segment's entries in use. */
  public long entryCount(int segment) {
    return header(segment) + ENTRY_COUNT_OFFSET;
  }

  /** The address of a number below which all of a segment's entries are in use. */
  public long lowestFree(int segment) {
    return header(segment) + LOWEST_FREE_OFFSET;
  }

  private long header(int segment) {
    return firstHeader + segment * headerStride;
  }

  /** The address of a segment, which is that of its first slot. */
  public long segment(int segment) {
    return firstSegment + segment * segmentStride;
  }

  /** How many bits of the hash the choice of a segment uses up. */
  public int segmentBits() {
    if (segments == 1) {
      return 0;
    }
    boolean powerOfTwo = Integer.bitCount(segments) == 1;
    return powerOfTwo ? Integer.numberOfTrailingZeros(segments) : Integer.SIZE - 1;
  }
}
