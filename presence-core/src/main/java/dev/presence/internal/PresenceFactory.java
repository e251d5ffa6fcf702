package dev.presence.internal;

import dev.presence.Presence;
import dev.presence.PresenceStats;
import dev.presence.ReplicationLog;
import dev.presence.internal.jfr.Events;
import dev.presence.internal.jfr.Recorder;
import dev.presence.internal.management.Registration;
import dev.presence.internal.replication.LogAccess;
import dev.presence.internal.replication.Replication;
import dev.presence.internal.replication.ReplicationSettings;
import dev.presence.internal.snapshot.Snapshots;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.sweep.Room;
import dev.presence.internal.sweep.Sweeper;
import dev.presence.internal.sweep.SweeperLoop;
import dev.presence.internal.transitions.Transitions;
import java.util.concurrent.ThreadFactory;

/**
 * The door from {@code dev.presence} to its implementation. Public for {@link
 * dev.presence.PresenceBuilder} alone; not part of the API.
 */
public final class PresenceFactory {

  private PresenceFactory() {}

  /**
   * Whether a log is one of the library's.
   *
   * @param log any
   * @return whether an instance can use it
   */
  public static boolean isKnown(ReplicationLog log) {
    return LogAccess.isKnown(log);
  }

  /**
   * Opens an instance. A failure gives back everything.
   *
   * @param settings what the builder says
   * @return an open instance
   */
  public static Presence open(PresenceSettings settings) {
    if (settings.registersMXBean()) {
      Registration.checkFree(settings.name()); // before anything is taken or restored
    }
    Events events = Recorder.of(settings.name());
    Events.Opening opening = events.opening();
    Presence presence = open(settings, events);
    try {
      PresenceStats stats = presence.stats();
      opening.opened(
          stats.maxUsers(), stats.offHeapBytes(), stats.trackedUsers(), stats.lockFree());
    } catch (Throwable e) {
      presence.close();
      throw e;
    }
    return presence;
  }

  private static Presence open(PresenceSettings settings, Events events) {
    Snapshots snapshots = settings.folder() == null ? null : Snapshots.open(settings.folder());
    try {
      EpochClock clock = new EpochClock(settings.clock());
      StampStore store =
          StoreOpener.open(
              settings.name(), settings.maxUsers(), MemoryLimit.ofThisProcess(), clock);
      try {
        return open(settings, events, clock, store, snapshots);
      } catch (Throwable e) {
        store.close();
        throw e;
      }
    } catch (Throwable e) {
      if (snapshots != null) {
        snapshots.release();
      }
      throw e;
    }
  }

  private static Presence open(
      PresenceSettings settings,
      Events events,
      EpochClock clock,
      StampStore store,
      Snapshots snapshots) {
    long windowSeconds = settings.onlineWindow().toSeconds();
    long retentionSeconds = settings.retention().toSeconds();
    if (snapshots != null) {
      snapshots.restore(store, clock.nowSeconds(), retentionSeconds, settings.startEmpty());
    }
    Sweeper sweeper = new Sweeper(store, clock, windowSeconds, retentionSeconds, events);
    Room room = new Room(store, sweeper, windowSeconds, retentionSeconds);
    Transitions transitions =
        new Transitions(
            settings.name(),
            store,
            clock,
            windowSeconds,
            settings.gracePeriod().toSeconds(),
            settings.pauseGuard().toSeconds(),
            !settings.sweepInterval().isZero(),
            events);
    if (snapshots != null) {
      snapshots
          .restoredSecond()
          .ifPresent(second -> transitions.resume(second, clock.nowSeconds()));
    }
    LocalPresence presence =
        new LocalPresence(
            settings.name(),
            store,
            clock,
            sweeper,
            room,
            transitions,
            snapshots,
            replication(settings),
            settings.onlineWindow(),
            settings.retention(),
            settings.tiers(),
            events);
    try {
      if (settings.registersMXBean()) {
        presence.register();
      }
      if (!settings.sweepInterval().isZero()) {
        SweeperLoop loop =
            new SweeperLoop(sweeper, store::isClosed, clock, settings.sweepInterval().toNanos());
        presence.startSweeper(newThread(settings.threadFactory(), loop));
      }
      if (snapshots != null) {
        snapshots.start(
            settings.name(),
            store,
            clock,
            settings.onlineWindow(),
            settings.retention(),
            settings.snapshotInterval(),
            events);
      }
      presence.startReplication();
    } catch (Throwable e) {
      presence.close();
      throw e;
    }
    return presence;
  }

  private static Replication replication(PresenceSettings settings) {
    return settings.log() == null
        ? null
        : new Replication(
            new ReplicationSettings(
                LogAccess.of(settings.log()),
                settings.exchangeInterval(),
                settings.publishInterval(),
                settings.joinTimeout()),
            settings.maxUsers());
  }

  private static Thread newThread(ThreadFactory threadFactory, Runnable loop) {
    Thread thread = threadFactory.newThread(loop);
    if (thread == null) {
      throw new IllegalStateException(
          "threadFactory must make a thread: threadFactory=" + threadFactory);
    }
    return thread;
  }
}
