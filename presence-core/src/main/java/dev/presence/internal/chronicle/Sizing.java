package dev.presence.internal.chronicle;

/**
 * How many segments a map needs so that {@code maxUsers} really fit.
 *
 * <p>A hash spreads the ids over the segments, so the number of users in a segment deviates from
 * the mean by about its square root (Poisson). Each segment has room for the mean plus seven times
 * that root: of 10,000 full segments, one overflows with a probability of about 1e-8. A single
 * segment needs no margin.
 *
 * <p>A segment's hash table must not be more than two thirds full, and beyond 16,384 slots each
 * slot takes more than 4 bytes. So a segment that just fills 16,384 slots of 4 bytes is the
 * cheapest: 10,215 users in 65,536 bytes of slots and 12 bytes of entry each, with the margin about
 * 19.4 bytes a user.
 *
 * @param segments how many segments
 * @param entriesPerSegment the most users that one of them holds
 */
record Sizing(int segments, long entriesPerSegment) {

  private static final int DEVIATIONS = 7;
  private static final int LARGEST_SEGMENT = 16_384 * 2 / 3;
  private static final double LARGEST_MEAN = meanOf(LARGEST_SEGMENT);

  static Sizing forUsers(long maxUsers) {
    if (maxUsers <= LARGEST_SEGMENT) {
      return new Sizing(1, maxUsers);
    }
    int segments = (int) Math.ceil(maxUsers / LARGEST_MEAN);
    double mean = (double) maxUsers / segments;
    return new Sizing(segments, (long) Math.ceil(mean + DEVIATIONS * Math.sqrt(mean)));
  }

  /**
   * As few segments of the same size as are numbered by the same rule: a single one, a power of two
   * or another number.
   */
  Sizing sample() {
    if (segments <= 3) {
      return this;
    }
    return new Sizing(Integer.bitCount(segments) == 1 ? 2 : 3, entriesPerSegment);
  }

  /** Solves {@code mean + DEVIATIONS * sqrt(mean) = entries} for the mean. */
  private static double meanOf(int entries) {
    double root = (Math.sqrt(DEVIATIONS * DEVIATIONS + 4.0 * entries) - DEVIATIONS) / 2;
    return root * root;
  }
}
