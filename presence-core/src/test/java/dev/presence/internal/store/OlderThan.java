package dev.presence.internal.store;

/** Removes users whose stamps are at least this old, and does nothing else. */
public class OlderThan implements SweepTask {

  private final long[] userIds;
  private final long ageSeconds;
  private final long nowSeconds;

  public OlderThan(int largestSegment, long ageSeconds, long nowSeconds) {
    this.userIds = new long[largestSegment];
    this.ageSeconds = ageSeconds;
    this.nowSeconds = nowSeconds;
  }

  @Override
  public boolean removes(int stamp) {
    return !Stamp.isYounger(stamp, nowSeconds, ageSeconds);
  }

  @Override
  public boolean sparesAnnounced() {
    return false;
  }

  @Override
  public void kept(long userId, int stamp) {}

  @Override
  public long[] userIds() {
    return userIds;
  }
}
