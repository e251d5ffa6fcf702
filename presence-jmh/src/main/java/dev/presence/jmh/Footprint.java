package dev.presence.jmh;

/**
 * Memory of one contender.
 *
 * @param contender whose memory
 * @param users number of recorded users
 * @param offHeapBytesPerUser memory outside the Java heap, by the contender's own account
 * @param heapBytesPerUser growth of the used Java heap, after a garbage collection
 * @param residentBytesPerUser growth of the process's resident memory; null where it is unknown
 */
record Footprint(
    ContenderType contender,
    int users,
    double offHeapBytesPerUser,
    double heapBytesPerUser,
    Double residentBytesPerUser) {

  /** Bytes where the users are; the objects of an off-heap contender are too few to count. */
  double bytesPerUser() {
    return offHeapBytesPerUser + heapBytesPerUser;
  }
}
