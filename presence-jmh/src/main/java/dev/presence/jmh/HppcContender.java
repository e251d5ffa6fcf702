package dev.presence.jmh;

import com.carrotsearch.hppc.LongIntHashMap;

/**
 * HPPC's {@code LongIntHashMap}, sized in advance: two arrays of primitives without
 * synchronisation. The default load factor fills six of ten places among ten million users, so that
 * a search seldom leaves a cache line. It shows what one thread could reach alone; no service could
 * use it.
 */
final class HppcContender implements Contender {

  private final LongIntHashMap stamps;
  private final BenchmarkClock clock;

  HppcContender(int users, BenchmarkClock clock) {
    this.stamps = new LongIntHashMap(users);
    this.clock = clock;
  }

  @Override
  public void heartbeat(long userId) {
    raise(userId, clock.second());
  }

  @Override
  public void heartbeats(long[] userIds) {
    int now = clock.second();
    for (long userId : userIds) {
      raise(userId, now);
    }
  }

  private void raise(long userId, int now) {
    int index = stamps.indexOf(userId);
    if (!stamps.indexExists(index)) {
      stamps.indexInsert(index, userId, now);
    } else if (stamps.indexGet(index) < now) {
      stamps.indexReplace(index, now);
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
    // An unknown user reads 0, the second of 1970.
    return now - stamps.get(userId) < WINDOW_SECONDS;
  }
}
