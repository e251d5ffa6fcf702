package dev.presence.internal;

import java.util.BitSet;

/**
 * Makes room for new users in a full store: removes who has reached the retention, or else, where
 * that is longer than the window, some of those who have been offline the longest.
 *
 * <p>A pass over a large store takes long, and in a store full of online users every newcomer would
 * cost one for nothing. So no pass is made before somebody can have become removable:
 *
 * <ul>
 *   <li>After a pass nobody does until the earliest stamp that it kept, or with which a user came
 *       since, is a window old: other stamps only go up.
 *   <li>Who is disconnected is the exception. Their segments are remembered, and those alone are
 *       swept.
 *   <li>A newcomer whose segment is full although the store is not (ids that were chosen against
 *       the hash) gets that segment swept and no other, once a second.
 * </ul>
 *
 * <p>Newcomers make room one after the other, on the library's own thread. Who comes second finds
 * what the first has made.
 */
final class Room {

  /** At least this part of the tracked users gives way when users who are offline are displaced. */
  private static final long PART = 64;

  private final StampStore store;
  private final UserCount users;
  private final Sweeps sweeps;
  private final long windowSeconds;
  private final long retentionSeconds;

  /** The segments of users who have been disconnected. Written by any thread, without a lock. */
  private final boolean[] left;

  /** Whether one of {@link #left} may be true. */
  private volatile boolean someoneLeft;

  /** At which second room was last made in each segment for newcomers of that segment alone. */
  private final long[] madeSeconds;

  /** The earliest stamp that the last pass over all segments kept; 0 if there is none. */
  private volatile long earliestKept;

  private SweepTask reusedTask; // guarded by this

  Room(StampStore store, Sweeps sweeps, long windowSeconds, long retentionSeconds) {
    this.store = store;
    this.users = store.users();
    this.sweeps = sweeps;
    this.windowSeconds = windowSeconds;
    this.retentionSeconds = retentionSeconds;
    this.left = new boolean[store.segments()];
    this.madeSeconds = new long[store.segments()];
  }

  /** A user who is tracked has been disconnected. */
  void left(long userId) {
    left[store.segmentOf(userId)] = true;
    someoneLeft = true; // after the segment; pairs with takeLeft
  }

  /** Makes room for these new users, if there may be any to be made. */
  void make(long nowSeconds, long[] userIds, int count) {
    boolean isFull = users.isFull();
    if (isFull
        ? someoneLeft || nowSeconds >= usefulFrom()
        : !dueSegments(nowSeconds, userIds, count).isEmpty()) {
      store.onOwnThread(
          () -> isFull ? makeAnywhere(nowSeconds) : makeFor(nowSeconds, userIds, count));
    }
  }

  private long usefulFrom() {
    return Math.min(earliestKept, users.earliestStamp()) + windowSeconds;
  }

  private synchronized long makeAnywhere(long nowSeconds) {
    if (!users.isFull()) {
      return 0; // somebody else has made room meanwhile
    }
    BitSet segments = takeLeft();
    if (nowSeconds < usefulFrom()) {
      return makeIn(segments, nowSeconds);
    }
    segments.set(0, left.length);
    earliestKept = 0; // until the pass is through
    users.forgetStamps();
    long removed = remove(segments, nowSeconds);
    earliestKept = task().earliestKept();
    sweeps.passCompleted();
    return removed;
  }

  private synchronized long makeFor(long nowSeconds, long[] userIds, int count) {
    BitSet segments = dueSegments(nowSeconds, userIds, count);
    for (int i = segments.nextSetBit(0); i >= 0; i = segments.nextSetBit(i + 1)) {
      left[i] = false;
      madeSeconds[i] = nowSeconds;
    }
    return makeIn(segments, nowSeconds);
  }

  /** The segments of these users in which somebody can have become removable. */
  private BitSet dueSegments(long nowSeconds, long[] userIds, int count) {
    BitSet segments = new BitSet();
    for (int i = 0; i < count; i++) {
      int segment = store.segmentOf(userIds[i]);
      if (left[segment] || madeSeconds[segment] != nowSeconds) {
        segments.set(segment);
      }
    }
    return segments;
  }

  private BitSet takeLeft() {
    BitSet segments = new BitSet(left.length);
    if (someoneLeft) {
      someoneLeft = false; // before the segments are read; pairs with left
      for (int segment = 0; segment < left.length; segment++) {
        if (left[segment]) {
          left[segment] = false;
          segments.set(segment);
        }
      }
    }
    return segments;
  }

  /** Sweeps some segments, and takes note of the next user there who will be removable. */
  private long makeIn(BitSet segments, long nowSeconds) {
    long removed = remove(segments, nowSeconds);
    long earliest = task().earliestKept();
    if (nowSeconds - earliest >= windowSeconds) {
      for (int i = segments.nextSetBit(0); i >= 0; i = segments.nextSetBit(i + 1)) {
        left[i] = true;
      }
      someoneLeft = true;
    } else {
      users.came((int) earliest);
    }
    return removed;
  }

  private long remove(BitSet segments, long nowSeconds) {
    AgeClasses ages = retentionSeconds > windowSeconds ? new AgeClasses() : null;
    long removed = sweep(segments, task().removeForRoom(retentionSeconds, nowSeconds, ages));
    if (removed > 0 || ages == null) {
      return removed;
    }
    long age = ages.oldest(Math.max(1, users.tracked() / PART));
    if (age == 0) {
      return 0; // everybody is online
    }
    age = Math.max(age, windowSeconds);
    return sweep(segments, task().removeForRoom(age, nowSeconds, null));
  }

  private long sweep(BitSet segments, SweepTask task) {
    long removed = 0;
    for (int i = segments.nextSetBit(0); i >= 0; i = segments.nextSetBit(i + 1)) {
      removed += sweeps.sweep(i, task);
    }
    return removed;
  }

  private SweepTask task() {
    if (reusedTask == null) {
      reusedTask = sweeps.newTask();
    }
    return reusedTask;
  }
}
