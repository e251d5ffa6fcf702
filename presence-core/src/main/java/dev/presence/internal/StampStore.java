package dev.presence.internal;

import java.util.function.Supplier;

/**
 * User id to stamp, for at most {@link UserCount#maxUsers()} users at once. Primitives go in and
 * come out, and nothing is allocated.
 *
 * <p>Safe for use by many threads, also beside {@link #close()}: a call finishes first, or throws
 * {@link IllegalStateException}. An Error in one call, of which a {@link StackOverflowError} of the
 * caller is the most likely, costs that call and no other.
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

  /**
   * Lowers the stamp of a user to this one, but for one that is earlier. A new user stays new.
   *
   * @return whether the user is tracked
   */
  boolean lower(long userId, int stamp);

  /**
   * Replaces a stamp by an earlier one, if it is still the expected one. May do nothing beside
   * removals.
   */
  void replace(long userId, int expected, int stamp);

  /**
   * Forgets a user at once: sets the stamp to {@link Stamp#NONE}. A sweep takes the user out of
   * memory.
   *
   * @return whether the user is tracked
   */
  boolean forget(long userId);

  int segments();

  int segmentOf(long userId);

  /** The most users that one segment holds. */
  int largestSegment();

  /**
   * Counts the users of a segment whose stamps are younger than this many seconds, and collects
   * them.
   *
   * @param userIds receives them, as long as {@link #largestSegment()}; or null
   * @return how many
   */
  int younger(int segment, long nowSeconds, long ageSeconds, long[] userIds);

  /**
   * Removes those users of a segment whom the task names, unless a heartbeat comes first, and tells
   * the task who stays. To be called on a thread of the library, see {@link #onOwnThread}.
   *
   * @return how many were removed
   */
  int sweep(int segment, SweepTask task);

  /** Does something on a thread where {@link #sweep} may be called, and waits for it. */
  <T> T onOwnThread(Supplier<T> action);

  /** How many users there are. */
  UserCount users();

  long offHeapBytes();

  /** Whether reads, and heartbeats of tracked users, take no lock. */
  boolean isLockFree();

  boolean isClosed();

  /** Lets calls that are inside finish, and releases the memory. Does nothing the second time. */
  void close();
}
