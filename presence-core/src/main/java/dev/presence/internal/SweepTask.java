package dev.presence.internal;

/**
 * What a sweep does to each segment, and what it learns there. For one thread at a time; the same
 * task goes from segment to segment.
 */
class SweepTask {

  /** Receives the users who are being removed, as long as the largest segment. */
  final long[] userIds;

  private final long windowSeconds;

  private long nowSeconds;
  private long ageSeconds;
  private AgeClasses ages;
  private long earliestKept;
  private LongList futureUsers;
  private LongList futureStamps;

  SweepTask(int largestSegment, long windowSeconds) {
    this.userIds = new long[largestSegment];
    this.windowSeconds = windowSeconds;
  }

  /** A regular sweep: who has reached this age is removed. */
  SweepTask remove(long ageSeconds, long nowSeconds) {
    return removeForRoom(ageSeconds, nowSeconds, null);
  }

  /** A sweep for room, which also counts how old the offline users are whom it keeps. */
  SweepTask removeForRoom(long ageSeconds, long nowSeconds, AgeClasses ages) {
    this.nowSeconds = nowSeconds;
    this.ageSeconds = ageSeconds;
    this.ages = ages;
    this.earliestKept = Stamp.LAST;
    this.futureUsers = null;
    this.futureStamps = null;
    return this;
  }

  /** Whether a user with this stamp is to be removed. */
  boolean removes(int stamp) {
    return !Stamp.isYounger(stamp, nowSeconds, ageSeconds);
  }

  /** Takes note of a user who is not removed. */
  void kept(long userId, int stamp) {
    long seconds = Integer.toUnsignedLong(stamp);
    earliestKept = Math.min(earliestKept, seconds);
    if (ages != null && nowSeconds - seconds >= windowSeconds) {
      ages.add(nowSeconds - seconds);
    }
    if (seconds - nowSeconds > windowSeconds) {
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

  /** The earliest stamp that was kept since the task was set. */
  long earliestKept() {
    return earliestKept;
  }

  /** How many stamps were further in the future than a window. */
  int futureCount() {
    return futureUsers == null ? 0 : futureUsers.size;
  }

  long futureUser(int i) {
    return futureUsers.values[i];
  }

  int futureStamp(int i) {
    return (int) futureStamps.values[i];
  }
}
