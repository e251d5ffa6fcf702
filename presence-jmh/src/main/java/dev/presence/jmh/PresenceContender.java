package dev.presence.jmh;

import dev.presence.Presence;
import java.time.Duration;

/** This library as it ships: only the number of users and the clock are set. */
final class PresenceContender implements Contender {

  private final Presence presence;

  PresenceContender(int users, BenchmarkClock clock) {
    this(Presence.builder().maxUsers(users).clock(clock).open());
  }

  private PresenceContender(Presence presence) {
    this.presence = presence;
  }

  /** Not as it ships; shows what the sweeper costs. */
  static PresenceContender withoutSweeper(int users, BenchmarkClock clock) {
    return new PresenceContender(
        Presence.builder().maxUsers(users).clock(clock).sweepInterval(Duration.ZERO).open());
  }

  @Override
  public void heartbeat(long userId) {
    presence.recordHeartbeat(userId);
  }

  @Override
  public void heartbeats(long[] userIds) {
    presence.recordHeartbeats(userIds);
  }

  @Override
  public boolean isOnline(long userId) {
    return presence.isOnline(userId);
  }

  @Override
  public void statusOf(long[] userIds, boolean[] online) {
    presence.statusOf(userIds, online);
  }

  @Override
  public long offHeapBytes() {
    return presence.stats().offHeapBytes();
  }

  @Override
  public void close() {
    presence.close();
  }
}
