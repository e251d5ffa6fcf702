package dev.presence.internal;

/**
 * How many users are how old, to an eighth of a power of two: enough to tell who has been offline
 * the longest without sorting everybody.
 */
final class AgeClasses {

  private static final int PARTS = 8;
  private static final int PART_BITS = 3;

  private final long[] counts = new long[Long.SIZE * PARTS];

  /** Counts one user of this age, in seconds, not negative. */
  void add(long ageSeconds) {
    counts[classOf(ageSeconds)]++;
  }

  /**
   * The age at which the oldest classes begin that together hold this many users.
   *
   * @return an age in seconds; 0 if nobody has been counted
   */
  long oldest(long users) {
    long found = 0;
    long age = 0;
    for (int i = counts.length - 1; i >= 0 && found < users; i--) {
      if (counts[i] > 0) {
        found += counts[i];
        age = firstOf(i);
      }
    }
    return age;
  }

  private static int classOf(long age) {
    if (age < PARTS) {
      return (int) age;
    }
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(age);
    return (power - PART_BITS + 1) * PARTS + (int) (age >>> (power - PART_BITS)) % PARTS;
  }

  private static long firstOf(int ageClass) {
    if (ageClass < PARTS) {
      return ageClass;
    }
    return (long) (PARTS + ageClass % PARTS) << (ageClass / PARTS - 1);
  }
}
