package dev.presence.jmh;

import java.util.concurrent.ConcurrentHashMap;

/**
 * A {@code ConcurrentHashMap<Long, Integer>}, sized in advance. A heartbeat is one {@code merge}
 * that keeps the later stamp. Nothing removes users who are offline, which favours this contender:
 * a service would have to.
 */
final class ConcurrentHashMapContender extends BoxedMapContender {

  private final ConcurrentHashMap<Long, Integer> stamps;

  ConcurrentHashMapContender(int users, BenchmarkClock clock) {
    this(new ConcurrentHashMap<>(users), clock);
  }

  private ConcurrentHashMapContender(
      ConcurrentHashMap<Long, Integer> stamps, BenchmarkClock clock) {
    super(stamps, clock);
    this.stamps = stamps;
  }

  @Override
  void put(long userId, Integer nowSecond) {
    stamps.merge(userId, nowSecond, ConcurrentHashMapContender::later);
  }

  // Returns one of its arguments; Math::max would allocate an Integer for each heartbeat.
  private static Integer later(Integer stored, Integer now) {
    return stored.intValue() >= now.intValue() ? stored : now;
  }
}
