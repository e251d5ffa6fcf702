package dev.presence.jmh;

import java.util.Map;

/** A map from boxed ids to boxed stamps. */
abstract class BoxedMapContender implements Contender {

  private final Map<Long, Integer> stamps;
  private final BenchmarkClock clock;
  private final SecondBox box;

  BoxedMapContender(Map<Long, Integer> stamps, BenchmarkClock clock) {
    this.stamps = stamps;
    this.clock = clock;
    this.box = new SecondBox(clock);
  }

  abstract void put(long userId, Integer nowSecond);

  @Override
  public final void heartbeat(long userId) {
    put(userId, box.now());
  }

  @Override
  public final void heartbeats(long[] userIds) {
    Integer nowSecond = box.now();
    for (long userId : userIds) {
      put(userId, nowSecond);
    }
  }

  @Override
  public final boolean isOnline(long userId) {
    return isOnline(userId, clock.second());
  }

  @Override
  public final void statusOf(long[] userIds, boolean[] online) {
    int nowSecond = clock.second();
    for (int i = 0; i < userIds.length; i++) {
      online[i] = isOnline(userIds[i], nowSecond);
    }
  }

  private boolean isOnline(long userId, int nowSecond) {
    Integer stamp = stamps.get(userId);
    return stamp != null && nowSecond - stamp < WINDOW_SECONDS;
  }
}
