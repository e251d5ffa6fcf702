package dev.presence.internal.store;

/**
 * Decides whom the sweep of a segment removes, and is told whom it keeps. For one thread at a time;
 * the same task goes from segment to segment.
 */
public interface SweepTask {

  /** Whether a user with this stamp is to be removed. Always true for {@link Stamp#NONE}. */
  boolean removes(int stamp);

  /**
   * Whether users stay whom listeners have not been told to be offline yet. Otherwise they are told
   * so now.
   */
  boolean sparesAnnounced();

  /** Takes note of a user who is not removed. */
  void kept(long userId, int stamp);

  /** Working memory for the ids of the users being removed, as long as the largest segment. */
  long[] userIds();
}
