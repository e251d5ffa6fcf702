package dev.presence.jmh;

import java.util.concurrent.ConcurrentHashMap;

/**
 * A {@code ConcurrentHashMap<Long, Integer>}, sized in advance. A heartbeat is one {@code merge}
 * that keeps the later stamp. Nothing removes users who are offline, which favours this contender:
 * a service would have to.
 */
final class ConcurrentHashMapContender implements Contender {

  private final ConcurrentHashMap<Long, Integer> stamps;
  private final BenchmarkClock clock;
  private final SecondBox box;

  ConcurrentHashMapContender(int users, BenchmarkClock clock) {
    this.stamps = new ConcurrentHashMap<>(users);
    this.clock = clock;
    this.box = new SecondBox(clock);
  }

  @Override
  public void heartbeat(long userId) {
    stamps.merge(userId, box.now(), ConcurrentHashMapContender::later);
  }

  @Override
  public void heartbeats(long[] userIds) {
    Integer now = box.now();
    for (long userId : userIds) {
      stamps.merge(userId, now, ConcurrentHashMapContender::later);
    }
  }

  @Override
  public boolean isOnline(long userId) {
    return isOnline(userId, clock.second());
  }

  @Override
  public void statusOf(long[] userIds, boolean[] online) {
    int now = clock.second();
    for (int i = 0; i < userIds.length; i++) {
      online[i] = isOnline(userIds[i], now);
    }
  }

  private boolean isOnline(long userId, int now) {
    Integer stamp = stamps.get(userId);
    return stamp != null && now - stamp < WINDOW_SECONDS;
  }

  // Returns one of its arguments; Math::max would allocate an Integer for each heartbeat.
  private static Integer later(Integer stored, Integer now) {
    return stored.intValue() >= now.intValue() ? stored : now;
  }
}
