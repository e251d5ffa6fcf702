package dev.presence.jmh;

import net.openhft.chronicle.hash.Data;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ExternalMapQueryContext;
import net.openhft.chronicle.map.MapEntry;

/**
 * Chronicle Map through its query contexts, with keys and values that each thread reuses: nothing
 * is boxed, and a heartbeat keeps the later stamp under the segment's update lock.
 */
final class ChronicleDataContender implements Contender {

  private final ChronicleMap<Long, Integer> stamps;
  private final BenchmarkClock clock;
  private final ThreadLocal<LongData> keys = ThreadLocal.withInitial(LongData::new);
  private final ThreadLocal<IntData> values = ThreadLocal.withInitial(IntData::new);

  ChronicleDataContender(int users, BenchmarkClock clock) {
    this.stamps = ChronicleMaps.open(users);
    this.clock = clock;
  }

  @Override
  public void heartbeat(long userId) {
    raise(keys.get().of(userId), values.get().of(clock.second()));
  }

  @Override
  public void heartbeats(long[] userIds) {
    LongData key = keys.get();
    IntData now = values.get().of(clock.second());
    for (long userId : userIds) {
      raise(key.of(userId), now);
    }
  }

  private void raise(LongData key, IntData now) {
    try (ExternalMapQueryContext<Long, Integer, ?> query = stamps.queryContext(key)) {
      query.updateLock().lock();
      MapEntry<Long, Integer> entry = query.entry();
      if (entry == null) {
        query.insert(query.absentEntry(), now);
      } else if (stampIn(entry.value()) < now.value()) {
        query.replaceValue(entry, now);
      }
    }
  }

  @Override
  public boolean isOnline(long userId) {
    return isOnline(keys.get().of(userId), clock.second());
  }

  @Override
  public void statusOf(long[] userIds, boolean[] online) {
    LongData key = keys.get();
    int now = clock.second();
    for (int i = 0; i < userIds.length; i++) {
      online[i] = isOnline(key.of(userIds[i]), now);
    }
  }

  private boolean isOnline(LongData key, int now) {
    try (ExternalMapQueryContext<Long, Integer, ?> query = stamps.queryContext(key)) {
      query.readLock().lock();
      MapEntry<Long, Integer> entry = query.entry();
      return entry != null && now - stampIn(entry.value()) < WINDOW_SECONDS;
    }
  }

  private static int stampIn(Data<Integer> value) {
    return value.bytes().readInt(value.offset());
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
