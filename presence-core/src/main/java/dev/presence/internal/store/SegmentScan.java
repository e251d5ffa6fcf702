package dev.presence.internal.store;

/** Reads all users of a store, a segment at a time. */
public interface SegmentScan {

  /** How many segments the users are spread over. */
  int segments();

  /** The most users that one segment holds. */
  int largestSegment();

  /**
   * Counts the users of a segment whose stamps are younger than an age, and collects them.
   *
   * @param userIds receives their ids, as long as {@link #largestSegment()}; or null
   * @param stamps receives their stamps, as long as {@code userIds}; or null
   * @return how many there are
   */
  int younger(int segment, long nowSeconds, long ageSeconds, long[] userIds, int[] stamps);
}
