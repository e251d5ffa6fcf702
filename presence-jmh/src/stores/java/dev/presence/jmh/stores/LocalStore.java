package dev.presence.jmh.stores;

import dev.presence.Presence;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** This library as it ships, with a clock that shows the latest second of any call. */
final class LocalStore implements PresenceStore {

  private final LatestSecond clock = new LatestSecond();
  private final Presence presence;

  LocalStore(StoreSettings settings) {
    this.presence =
        Presence.builder()
            .onlineWindow(Duration.ofSeconds(settings.windowSeconds()))
            .maxUsers(settings.maxUsers())
            .clock(clock)
            .open();
  }

  @Override
  public void heartbeat(long userId, long epochSecond) {
    clock.advanceTo(epochSecond);
    presence.recordHeartbeat(userId, epochSecond);
  }

  /** All are seen now, at the clock's second: this library's batches have no stamps. */
  @Override
  public void heartbeats(long[] userIds, long epochSecond) {
    clock.advanceTo(epochSecond);
    presence.recordHeartbeats(userIds);
  }

  @Override
  public boolean isOnline(long userId, long nowSecond) {
    clock.advanceTo(nowSecond);
    return presence.isOnline(userId);
  }

  @Override
  public boolean[] statusOf(long[] userIds, long nowSecond) {
    clock.advanceTo(nowSecond);
    return presence.statusOf(userIds);
  }

  @Override
  public void disconnect(long userId) {
    presence.disconnect(userId);
  }

  /** Does what the sweeper does in the background. */
  @Override
  public void removeExpired(long nowSecond) {
    clock.advanceTo(nowSecond);
    presence.sweep();
  }

  @Override
  public long storedUsers() {
    return presence.stats().trackedUsers();
  }

  /** All memory that is reserved, for as many users as there is room for. */
  @Override
  public long bytesUsed() {
    return presence.stats().offHeapBytes();
  }

  @Override
  public void drop() {}

  @Override
  public void close() {
    presence.close();
  }

  private static final class LatestSecond implements InstantSource {
    private final AtomicLong second = new AtomicLong(1);

    void advanceTo(long candidate) {
      if (candidate > second.get()) {
        second.accumulateAndGet(candidate, Math::max);
      }
    }

    /** Costs what the system's clock costs, as shipped. */
    @Override
    public long millis() {
      // The minimum is always 0, but no compiler can know that and drop the reading.
      return Math.min(System.currentTimeMillis(), 0) + second.get() * 1000;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochSecond(second.get());
    }
  }
}
