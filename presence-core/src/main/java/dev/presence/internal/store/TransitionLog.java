package dev.presence.internal.store;

/**
 * Who came and who went, in order, until the dispatcher fetches it. Of a fixed size: where it is
 * full, what follows is lost, and it says so. Whoever owns it guards it by a lock.
 */
public final class TransitionLog {

  public final long[] userIds;
  public final int[] stamps;
  public final boolean[] online;

  /** How many transitions there are. The assignment that makes it grow adds the transition. */
  public int count;

  /** Whether transitions have been lost since the last {@link TransitionList#drain}. */
  public boolean hasOverflowed;

  public TransitionLog(int capacity) {
    this.userIds = new long[capacity];
    this.stamps = new int[capacity];
    this.online = new boolean[capacity];
  }

  /** Whether the dispatcher should come early, before its time. Once on the way to full. */
  public boolean isFillingUp() {
    return count == userIds.length / 4;
  }
}
