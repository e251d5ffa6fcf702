package dev.presence.jmh;

import net.openhft.chronicle.map.ChronicleMap;

/**
 * Chronicle Map as most people use it: {@code get} and {@code put} of boxed values. {@code put} is
 * the cheaper heartbeat, which favours this contender: it overwrites a later stamp, and {@code
 * merge} would not.
 */
final class ChronicleContender extends BoxedMapContender {

  private final ChronicleMap<Long, Integer> stamps;

  ChronicleContender(int users, BenchmarkClock clock) {
    this(ChronicleMaps.open(users), clock);
  }

  private ChronicleContender(ChronicleMap<Long, Integer> stamps, BenchmarkClock clock) {
    super(stamps, clock);
    this.stamps = stamps;
  }

  @Override
  void put(long userId, Integer nowSecond) {
    stamps.put(userId, nowSecond);
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
