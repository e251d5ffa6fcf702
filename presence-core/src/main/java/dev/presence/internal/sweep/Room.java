package dev.presence.internal.sweep;

import dev.presence.internal.store.StampStore;
import dev.presence.internal.store.UserCount;
import java.util.BitSet;

/**
 * Makes room for new users in a full store: removes users last seen at least the retention ago.
 * Where there are none and the retention is longer than the window, it removes some of those who
 * have been offline the longest.
 *
 * <p>A pass over a large store takes long, and in a store full of online users each newcomer would
 * cost one in vain. So a pass waits until somebody can have become removable:
 *
 * <ul>
 *   <li>After a pass nobody is removable until the earliest stamp it kept, or with which a user has
 *       come since, is a window old: the other stamps only go up.
 *   <li>Disconnected users are the exception. Their segments are noted, and those alone are swept.
 *   <li>A newcomer may find the segment full although the store is not (ids chosen against the
 *       hash). That segment alone is swept, at most once a second.
 * </ul>
 *
 * <p>One newcomer at a time makes room, on the library's own thread. The next one finds what the
 * one before has made.
 */
public final class Room {

  /** Where offline users give way, at least one in this many of all users does. */
  private static final long DISPLACED_ONE_IN = 64;

  private final StampStore store;
  private final UserCount users;
  private final Sweeper sweeper;
  private final long windowSeconds;
  private final long retentionSeconds;

  /** The segments of users who have disconnected. Any thread writes it, without a lock. */
  private final boolean[] left;

  /** Whether {@link #left} may have a true element. */
  private volatile boolean someoneLeft;

  /** For each segment, the second at which it was last swept for its own newcomers. */
  private final long[] sweptSeconds;

  /** The earliest stamp that the last pass over all segments kept; 0 if unknown. */
  private volatile long earliestKept;

  private AgeSweep reusedSweep; // guarded by this

  public Room(StampStore store, Sweeper sweeper, long windowSeconds, long retentionSeconds) {
    this.store = store;
    this.users = store.users();
    this.sweeper = sweeper;
    this.windowSeconds = windowSeconds;
    this.retentionSeconds = retentionSeconds;
    this.left = new boolean[store.segments()];
    this.sweptSeconds = new long[store.segments()];
  }

  /** Notes that a tracked user has disconnected. */
  public void left(long userId) {
    left[store.segmentOf(userId)] = true;
    someoneLeft = true; // after the segment; pairs with takeLeft
  }

  /** Makes room for these new users if there can be any. */
  public void make(long nowSeconds, long[] userIds) {
    boolean isFull = users.isFull();
    if (isFull
        ? someoneLeft || nowSeconds >= usefulFromSecond()
        : !dueSegments(nowSeconds, userIds).isEmpty()) {
      store.onOwnThread(() -> isFull ? makeAnywhere(nowSeconds) : makeFor(nowSeconds, userIds));
    }
  }

  private long usefulFromSecond() {
    return Math.min(earliestKept, users.earliestStamp()) + windowSeconds;
  }

  private synchronized long makeAnywhere(long nowSeconds) {
    if (!users.isFull()) {
      return 0; // somebody else has made room meanwhile
    }
    BitSet segments = takeLeft();
    if (nowSeconds < usefulFromSecond()) {
      return makeIn(segments, nowSeconds);
    }
    segments.set(0, left.length);
    earliestKept = 0; // until the pass is through
    users.forgetStamps();
    sweeper.passBegins(reusedSweep(), true);
    long removed = remove(segments, nowSeconds);
    earliestKept = reusedSweep().earliestKept();
    sweeper.passCompleted(reusedSweep());
    return removed;
  }

  private synchronized long makeFor(long nowSeconds, long[] userIds) {
    BitSet segments = dueSegments(nowSeconds, userIds);
    for (int i = segments.nextSetBit(0); i >= 0; i = segments.nextSetBit(i + 1)) {
      left[i] = false;
      sweptSeconds[i] = nowSeconds;
    }
    return makeIn(segments, nowSeconds);
  }

  /** The segments of these users in which somebody can have become removable. */
  private BitSet dueSegments(long nowSeconds, long[] userIds) {
    BitSet segments = new BitSet();
    for (long userId : userIds) {
      int segment = store.segmentOf(userId);
      if (left[segment] || sweptSeconds[segment] != nowSeconds) {
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

  /** Sweeps some segments, and notes when the next user there becomes removable. */
  private long makeIn(BitSet segments, long nowSeconds) {
    long removed = remove(segments, nowSeconds);
    long earliest = reusedSweep().earliestKept();
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
    long removed = sweep(segments, reusedSweep().removeForRoom(retentionSeconds, nowSeconds, ages));
    if (removed > 0 || ages == null) {
      return removed;
    }
    long ageSeconds = ages.oldest(Math.max(1, users.tracked() / DISPLACED_ONE_IN));
    if (ageSeconds == 0) {
      return 0; // everybody is online
    }
    ageSeconds = Math.max(ageSeconds, windowSeconds);
    return sweep(segments, reusedSweep().removeForRoom(ageSeconds, nowSeconds, null));
  }

  private long sweep(BitSet segments, AgeSweep sweep) {
    long removed = 0;
    for (int i = segments.nextSetBit(0); i >= 0; i = segments.nextSetBit(i + 1)) {
      removed += sweeper.sweep(i, sweep);
    }
    return removed;
  }

  private AgeSweep reusedSweep() {
    if (reusedSweep == null) {
      reusedSweep = sweeper.newSweep();
    }
    return reusedSweep;
  }
}
