package dev.presence.internal;

import dev.presence.Presence;
import dev.presence.PresenceStats;
import dev.presence.internal.jfr.Events;
import dev.presence.internal.replication.Replication;
import dev.presence.internal.snapshot.Snapshots;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.sweep.Sweeper;
import dev.presence.internal.transitions.Transitions;
import java.util.concurrent.atomic.LongAdder;

/** Puts together what the parts of an instance have counted. */
final class Statistics {

  private final StampStore store;
  private final Sweeper sweeper;
  private final Transitions transitions;

  /** Null where nothing is kept on disk. */
  private final Snapshots snapshots;

  /** Null where nothing is replicated. */
  private final Replication replication;

  private final Events events;
  private final LongAdder rejected = new LongAdder();

  Statistics(
      StampStore store,
      Sweeper sweeper,
      Transitions transitions,
      Snapshots snapshots,
      Replication replication,
      Events events) {
    this.events = events;
    this.store = store;
    this.sweeper = sweeper;
    this.transitions = transitions;
    this.snapshots = snapshots;
    this.replication = replication;
  }

  /** Notes that so many heartbeats found no room. */
  void rejected(long heartbeats) {
    rejected.add(heartbeats);
    events.full(store.users().maxUsers(), store.users().tracked(), rejected.sum());
  }

  PresenceStats now() {
    return new PresenceStats(
        store.users().tracked(),
        store.users().maxUsers(),
        store.offHeapBytes(),
        sweeper.completed(),
        sweeper.failed(),
        sweeper.removed(),
        sweeper.workNanos(),
        sweeper.longestPassNanos(),
        sweeper.lateTicks().count() + transitions.lateTicks(),
        rejected.sum(),
        transitions.subscriptions(),
        transitions.queuedEvents(),
        transitions.longestLagMillis(),
        transitions.resyncs(),
        transitions.holds(),
        snapshots == null ? 0 : snapshots.finished(),
        snapshots == null ? 0 : snapshots.failed(),
        snapshots == null ? 0 : snapshots.setAside(),
        snapshots == null ? Presence.NEVER : snapshots.begunSecond(),
        snapshots == null ? Presence.NEVER : snapshots.finishedSecond(),
        snapshots == null ? Presence.NEVER : snapshots.ageMillis(),
        replication == null ? Replication.NONE : replication.stats(),
        store.isLockFree());
  }
}
