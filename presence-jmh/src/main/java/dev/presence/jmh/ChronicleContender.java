package dev.presence.jmh;

import net.openhft.chronicle.map.ChronicleMap;

/**
 * Chronicle Map as most people use it: {@code get} and {@code put} of boxed values. {@code put} is
 * the cheaper heartbeat, which favours this contender: it overwrites a later stamp, and {@code
 * merge} would not.
 */
final class ChronicleContender implements Contender {

  private final ChronicleMap<Long, Integer> stamps;
  private final BenchmarkClock clock;
  private final SecondBox box;

  ChronicleContender(int users, BenchmarkClock clock) {
    this.stamps = ChronicleMaps.open(users);
    this.clock = clock;
    this.box = new SecondBox(clock);
  }

  @Override
  public void heartbeat(long userId) {
    stamps.put(userId, box.now());
  }

  @Override
  public void heartbeats(long[] userIds) {
    Integer now = box.now();
    for (long userId : userIds) {
      stamps.put(userId, now);
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

  @Override
  public long offHeapBytes() {
    return stamps.offHeapMemoryUsed();
  }

  @Override
  public void close() {
    stamps.close();
  }
}
