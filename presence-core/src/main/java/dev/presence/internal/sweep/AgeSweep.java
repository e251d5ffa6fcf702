package dev.presence.internal.sweep;

import dev.presence.internal.store.LongList;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.SweepTask;

/** Removes users whose stamps have reached an age, and learns about those it keeps. */
final class AgeSweep implements SweepTask {

  private final long[] userIds;
  private final long windowSeconds;
  private final Pass pass = new Pass();

  private long nowSeconds;
  private long ageSeconds;
  private boolean isForRoom;
  private AgeClasses ages;
  private long earliestKept;
  private LongList futureUsers;
  private LongList futureStamps;

  AgeSweep(int largestSegment, long windowSeconds) {
    this.userIds = new long[largestSegment];
    this.windowSeconds = windowSeconds;
  }

  /** The pass that this sweeps for. */
  Pass pass() {
    return pass;
  }

  /** Begins a regular sweep, which removes users at least this old. */
  AgeSweep remove(long ageSeconds, long nowSeconds) {
    removeForRoom(ageSeconds, nowSeconds, null);
    isForRoom = false;
    return this;
  }

  /** Begins a sweep for room, which also counts the ages of the offline users it keeps. */
  AgeSweep removeForRoom(long ageSeconds, long nowSeconds, AgeClasses ages) {
    this.nowSeconds = nowSeconds;
    this.ageSeconds = ageSeconds;
    this.ages = ages;
    this.isForRoom = true;
    this.earliestKept = Stamp.LAST;
    this.futureUsers = null;
    this.futureStamps = null;
    return this;
  }

  @Override
  public boolean removes(int stamp) {
    return !Stamp.isYounger(stamp, nowSeconds, ageSeconds);
  }

  @Override
  public boolean sparesAnnounced() {
    return !isForRoom;
  }

  @Override
  public void kept(long userId, int stamp) {
    long stampSecond = Integer.toUnsignedLong(stamp);
    earliestKept = Math.min(earliestKept, stampSecond);
    if (ages != null && nowSeconds - stampSecond >= windowSeconds) {
      ages.add(nowSeconds - stampSecond);
    }
    if (stampSecond - nowSeconds > windowSeconds) {
      addFuture(userId, stamp);
    }
  }

  private void addFuture(long userId, int stamp) {
    if (futureUsers == null) {
      futureUsers = new LongList();
      futureStamps = new LongList();
    }
    futureUsers.add(userId);
    futureStamps.add(stamp);
  }

  @Override
  public long[] userIds() {
    return userIds;
  }

  /** The earliest stamp that this sweep has kept. */
  long earliestKept() {
    return earliestKept;
  }

  /** How many stamps were further in the future than a window. */
  int futureCount() {
    return futureUsers == null ? 0 : futureUsers.size();
  }

  long futureUser(int i) {
    return futureUsers.get(i);
  }

  int futureStamp(int i) {
    return (int) futureStamps.get(i);
  }
}
