package dev.presence.internal.management;

import dev.presence.Presence;
import dev.presence.PresenceMXBean;
import dev.presence.PresenceStats;
import dev.presence.internal.concurrent.Cached;
import java.time.Duration;

/**
 * Reads one figure after the other, because that is how clients of JMX ask. Whoever is here when
 * the presence closes is told so by an exception; then the bean is gone.
 */
final class PresenceBean implements PresenceMXBean {

  private static final long ONLINE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Presence presence;
  private final Cached<Long> online = new Cached<>(ONLINE_NANOS, System::nanoTime);

  PresenceBean(Presence presence) {
    this.presence = presence;
  }

  private PresenceStats stats() {
    return presence.stats();
  }

  @Override
  public String getName() {
    return presence.name();
  }

  @Override
  public long getOnlineUsers() {
    return online.get(presence::onlineCount);
  }

  @Override
  public long getTrackedUsers() {
    return stats().trackedUsers();
  }

  @Override
  public long getMaxUsers() {
    return stats().maxUsers();
  }

  @Override
  public long getOffHeapBytes() {
    return stats().offHeapBytes();
  }

  @Override
  public long getSweeps() {
    return stats().sweeps();
  }

  @Override
  public long getFailedSweeps() {
    return stats().failedSweeps();
  }

  @Override
  public long getSweptUsers() {
    return stats().sweptUsers();
  }

  @Override
  public long getSweepNanos() {
    return stats().sweepNanos();
  }

  @Override
  public long getLongestSweepNanos() {
    return stats().longestSweepNanos();
  }

  @Override
  public long getLateTicks() {
    return stats().lateTicks();
  }

  @Override
  public long getRejectedHeartbeats() {
    return stats().rejectedHeartbeats();
  }

  @Override
  public long getSubscriptions() {
    return stats().subscriptions();
  }

  @Override
  public long getQueuedEvents() {
    return stats().queuedEvents();
  }

  @Override
  public long getLongestLagMillis() {
    return stats().longestLagMillis();
  }

  @Override
  public long getResyncs() {
    return stats().resyncs();
  }

  @Override
  public long getOfflineHolds() {
    return stats().offlineHolds();
  }

  @Override
  public long getSnapshots() {
    return stats().snapshots();
  }

  @Override
  public long getFailedSnapshots() {
    return stats().failedSnapshots();
  }

  @Override
  public long getDamagedSnapshots() {
    return stats().damagedSnapshots();
  }

  @Override
  public long getLastSnapshotBegun() {
    return stats().lastSnapshotBegun();
  }

  @Override
  public long getLastSnapshotFinished() {
    return stats().lastSnapshotFinished();
  }

  @Override
  public long getSnapshotAgeMillis() {
    return stats().snapshotAgeMillis();
  }

  @Override
  public boolean isReplicationLinked() {
    return stats().replication().linked();
  }

  @Override
  public boolean isReplicationCaughtUp() {
    return stats().replication().caughtUp();
  }

  @Override
  public long getReplicationLagMillis() {
    return stats().replication().lagMillis();
  }

  @Override
  public long getReplicationClockOffsetMillis() {
    return stats().replication().clockOffsetMillis();
  }

  @Override
  public long getReplicationSentUsers() {
    return stats().replication().sentUsers();
  }

  @Override
  public long getReplicationSentBytes() {
    return stats().replication().sentBytes();
  }

  @Override
  public long getReplicationReceivedUsers() {
    return stats().replication().receivedUsers();
  }

  @Override
  public long getReplicationReceivedBytes() {
    return stats().replication().receivedBytes();
  }

  @Override
  public long getReplicationReconnections() {
    return stats().replication().reconnections();
  }

  @Override
  public long getReplicationResyncs() {
    return stats().replication().resyncs();
  }

  @Override
  public long getReplicationBadFrames() {
    return stats().replication().badFrames();
  }

  @Override
  public long getReplicationRefusedUsers() {
    return stats().replication().refusedUsers();
  }

  @Override
  public boolean isLockFree() {
    return stats().lockFree();
  }
}
