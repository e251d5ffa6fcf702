package dev.presence.internal.lockfree;

import dev.presence.internal.store.TransitionLog;

/**
 * The monitor that insertions into some of the segments and removals from them take, and the notes
 * from which an insertion that an Error ended half-way can be undone. The monitor guards all
 * fields.
 *
 * <p>It is a monitor because the JVM gives that back whatever Error a thread meets, even where the
 * stack has no room for a call of {@code unlock()}. A call takes it before it enters the gate, so
 * nobody waits for it inside.
 */
final class SegmentLock {

  /**
   * How often a call has raised the stamp of a user in one of the segments under this lock, perhaps
   * from NONE. It grows before the stamp does.
   */
  long revivals;

  /** What listeners have not been told yet; null while there are none. */
  TransitionLog log;

  /** Whether an insertion has begun and not ended; the fields below describe it. */
  boolean isInserting;

  int segment;
  int entryNumber;

  /** How many entries of the segment were in use before the insertion. */
  int entryCount;
}
