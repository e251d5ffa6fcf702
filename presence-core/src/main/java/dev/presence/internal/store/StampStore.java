package dev.presence.internal.store;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * User id to stamp, for at most {@link UserCount#maxUsers()} users at once. Primitives go in and
 * come out; nothing is allocated.
 *
 * <p>Safe for use by many threads, also while {@link #close()} runs: a call either completes or
 * throws {@link IllegalStateException}. An Error in one call, most likely a {@link
 * StackOverflowError} of the caller, costs that call and no other.
 */
public interface StampStore extends SegmentScan {

  /** What {@link #getAndRaise} returns for a new user who has found no room. */
  long NO_ROOM = -1;

  /** A limit that no stamp is later than. */
  int NO_LIMIT = -1;

  /** The stamp of a user, or {@link Stamp#NONE}. */
  int stampOf(long userId);

  /** Reads the stamps of a batch into {@link Batch#stamps}. */
  void stampsOf(Batch batch);

  /**
   * Sets the stamp of a user unless the stored one is later; tracks a new user if there is room.
   *
   * @return false if the user is new and there is no room
   */
  default boolean raise(long userId, int stamp) {
    return getAndRaise(userId, stamp) != NO_ROOM;
  }

  /**
   * Does what {@link #raise(long, int)} does.
   *
   * @return the stamp so far as an unsigned number, which beside other calls may be an earlier one,
   *     but not one that this call has set; or {@link #NO_ROOM}
   */
  long getAndRaise(long userId, int stamp);

  /**
   * Does what {@link #raise(long, int)} does for many users. Meant for a store that nobody else
   * uses yet.
   *
   * @return how many of them are new and found no room
   */
  int raiseAll(long[] userIds, int[] stamps, int count);

  /**
   * Does what {@link #raise(long, int)} does for a batch, and lists the positions of those who are
   * new and found no room in {@link Batch#rest}. {@link Batch#stamps} receives the stamps so far,
   * which beside other calls may be earlier ones, but not those that this call has set.
   *
   * @return how many there are
   */
  int raise(Batch batch, int stamp);

  /**
   * Sets the stamp of a tracked user unless the stored one is earlier; while there are listeners,
   * to their horizon if that is earlier. A new user stays new.
   *
   * @return whether the user is tracked
   */
  default boolean lower(long userId, int stamp) {
    return lower(userId, stamp, NO_LIMIT);
  }

  /**
   * Does what {@link #lower(long, int)} does, unless the stored stamp is later than a limit.
   *
   * @return whether the user is tracked
   */
  boolean lower(long userId, int stamp, int limit);

  /** Replaces a stamp by an earlier one if it is still the expected one. */
  void replace(long userId, int expected, int stamp);

  /**
   * Forgets a user at once: sets the stamp to {@link Stamp#NONE}. The next sweep removes the user
   * from memory.
   *
   * @return whether the user is tracked
   */
  default boolean forget(long userId) {
    return lower(userId, Stamp.NONE);
  }

  /** The segment that a user belongs to, tracked or not. */
  int segmentOf(long userId);

  /**
   * Removes the users of a segment whom the task names, unless a heartbeat comes first, and tells
   * the task who stays. Call it on the store's own thread, see {@link #onOwnThread}.
   *
   * @return how many users it removed
   */
  int sweep(int segment, SweepTask task);

  /** Runs the action on a thread that may call {@link #sweep}, and waits for it. */
  <T> T onOwnThread(Supplier<T> action);

  /** Tells who comes and who goes. */
  TransitionFeed transitions();

  /** How many users there are, and how many there may be. */
  UserCount users();

  /** How many bytes outside the heap this store has reserved. */
  long offHeapBytes();

  /** Whether reads, and heartbeats of tracked users, take no lock. */
  boolean isLockFree();

  /** Whether {@link #close()} has been called. */
  boolean isClosed();

  /** Lets the calls inside finish, and releases the memory. Does nothing the second time. */
  void close();

  /**
   * Does what {@link #close()} does. When no call is inside any more, and before the memory is
   * released, the action reads the users a last time, on a thread of the store.
   *
   * @param timeoutNanos how long to wait for the action at most
   */
  void close(Consumer<SegmentScan> last, long timeoutNanos);
}
