package dev.presence.internal;

/**
 * The monitor under which users are inserted into some of the segments and removed from them, and
 * what is to be undone there if an Error ended an insertion half-way. All fields are guarded by the
 * monitor.
 *
 * <p>A monitor, because the JVM gives it back whatever Error a thread meets, also where the stack
 * has no room for a call of {@code unlock()}. It is taken before the {@link CallGate} is entered,
 * never inside, so nobody waits for it while inside.
 */
final class SegmentLock {

  /**
   * How often a user who is in one of the segments has been raised under this lock, and so perhaps
   * from {@link Stamp#NONE}. It grows before the stamp does.
   */
  long revivals;

  /** Whether the fields below tell of an insertion that has begun and not ended. */
  boolean isInserting;

  int segment;
  int entryNumber;

  /** How many entries of the segment were in use before. */
  int entryCount;
}
