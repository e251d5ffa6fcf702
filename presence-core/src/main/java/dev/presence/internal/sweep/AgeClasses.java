package dev.presence.internal.sweep;

/**
 * Counts users by age, in classes an eighth of a power of two wide: enough to tell who has been
 * offline the longest without sorting everybody.
 */
final class AgeClasses {

  private static final int PARTS = 8;
  private static final int PART_BITS = 3;

  private final long[] counts = new long[Long.SIZE * PARTS];

  /** Counts one user of this age, which is not negative. */
  void add(long ageSeconds) {
    counts[classOf(ageSeconds)]++;
  }

  /**
   * The age at which the oldest classes begin that together hold at least this many users.
   *
   * @return an age in seconds; 0 if nobody has been counted
   */
  long oldest(long users) {
    long found = 0;
    long ageSeconds = 0;
    for (int i = counts.length - 1; i >= 0 && found < users; i--) {
      if (counts[i] > 0) {
        found += counts[i];
        ageSeconds = firstOf(i);
      }
    }
    return ageSeconds;
  }

  private static int classOf(long ageSeconds) {
    if (ageSeconds < PARTS) {
      return (int) ageSeconds;
    }
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(ageSeconds);
    return (power - PART_BITS + 1) * PARTS + (int) (ageSeconds >>> (power - PART_BITS)) % PARTS;
  }

  private static long firstOf(int ageClass) {
    if (ageClass < PARTS) {
      return ageClass;
    }
    return (long) (PARTS + ageClass % PARTS) << (ageClass / PARTS - 1);
  }
}
