package dev.presence.internal.lockfree;

import java.util.Arrays;

/**
 * Which users of a segment are announced as online: a bit for each entry, in blocks of 64, and for
 * each block a stamp that none of its announced users is below. So a scan for those who have gone
 * skips most blocks. About 0.19 bytes a user. The {@link SegmentLock} of the segment guards it.
 */
final class AnnouncedSegment {

  /** No announced user is in the block. No horizon reaches this. */
  static final int NOBODY = -1; // the latest stamp

  final long[] bits;
  final int[] earliest;

  AnnouncedSegment(int capacity) {
    int blocks = (capacity + 63) >>> 6;
    this.bits = new long[blocks];
    this.earliest = new int[blocks];
    Arrays.fill(earliest, NOBODY);
  }

  boolean isAnnounced(int entryNumber) {
    return (bits[entryNumber >>> 6] >>> entryNumber & 1) != 0;
  }

  /** Notes that the stamp of an announced user is this, and perhaps earlier than before. */
  void lowered(int entryNumber, int stamp) {
    int block = entryNumber >>> 6;
    if (Integer.compareUnsigned(stamp, earliest[block]) < 0) {
      earliest[block] = stamp;
    }
  }
}
