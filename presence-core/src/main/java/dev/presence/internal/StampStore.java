package dev.presence.internal;

/**
 * User id to stamp, for at most {@link UserCount#maxUsers()} users at once. Primitives go in and
 * come out, and nothing is allocated.
 *
 * <p>Safe for use by many threads. Every call that touches the memory is made inside the {@link
 * CallGate}, which keeps {@link #close()} and {@link #removeMarked} away from it.
 */
interface StampStore {

  /** The stamp of a user, or {@link Stamp#NONE}. */
  int stampOf(long userId);

  /** The stamps of a batch, into {@link Batch#stamps}. */
  void stampsOf(Batch batch);

  /**
   * Sets the stamp of a user unless the stored one is later; tracks a new user if there is room.
   *
   * @return false if the user is new and there is no room
   */
  boolean raise(long userId, int stamp);

  /**
   * Sets the stamps of those in a batch who are tracked, and lists the positions of the rest in
   * {@link Batch#rest}.
   *
   * @return how many are in the rest; {@link #raise} is for them
   */
  int raiseTracked(Batch batch, int stamp);

  /** Lowers the stamp of a user to this one, {@link Stamp#NONE} included; a new user stays new. */
  void lower(long userId, int stamp);

  int segments();

  /** The most users that one segment holds. */
  int largestSegment();

  /**
   * Counts the users of a segment whose stamps are younger than this many seconds, and collects
   * them.
   *
   * @param userIds receives them, as long as {@link #largestSegment()}; or null
   * @return how many
   */
  int younger(int segment, long now, long seconds, long[] userIds);

  /**
   * The first half of a removal: sets the stamps of a segment that are not younger than this many
   * seconds to {@link Stamp#NONE}, unless a heartbeat comes first. A heartbeat that comes after
   * brings the user back.
   *
   * @param userIds receives the marked users, as long as {@link #largestSegment()}
   * @return how many
   */
  int markOlder(int segment, long now, long seconds, long[] userIds);

  /**
   * The second half of a removal: removes those users whose stamps are still {@link Stamp#NONE}. To
   * be called after {@link CallGate#awaitLeavers()}, because a user's memory may be given to
   * another user now, and nobody may be left who found it before it was marked. Not to be called by
   * two threads at once.
   *
   * @return how many were removed
   */
  int removeMarked(long[] userIds, int count);

  /** How many users there are. */
  UserCount users();

  long offHeapBytes();

  /** Whether reads, and heartbeats of tracked users, take no lock. */
  boolean isLockFree();

  void close();
}
