package dev.presence.micrometer;

import dev.presence.Presence;
import dev.presence.PresenceStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Adds the meters of one presence to one registry. The functions come from {@link Figures}, so that
 * no meter holds this object, and with it the presence.
 */
final class Meters {

  private final MeterRegistry registry;
  private final Presence presence;
  private final Figures figures;
  private final Tags tags;

  Meters(MeterRegistry registry, Presence presence, Figures figures, Tags tags) {
    this.registry = registry;
    this.presence = presence;
    this.figures = figures;
    this.tags = tags;
  }

  void addAll() {
    users();
    sweeps();
    counter(
        "presence.ticks.late",
        "ticks",
        "How often a thread of the library went on more than 100 ms too late.",
        PresenceStats::lateTicks);
    counter(
        "presence.heartbeats.rejected",
        "heartbeats",
        "Heartbeats that were refused because there was no room.",
        PresenceStats::rejectedHeartbeats);
    snapshots();
    subscriptions();
    replication();
  }

  private void users() {
    gauge(
        "presence.users.tracked",
        "users",
        "Users held in memory.",
        figures.gauge(PresenceStats::trackedUsers));
    gauge("presence.users.online", "users", "Users who are online.", figures.online());
    gauge(
        "presence.users.free",
        "users",
        "How many more users can be tracked.",
        figures.gauge(stats -> stats.maxUsers() - stats.trackedUsers()));
    counter(
        "presence.users.swept", "users", "Users whom sweeps removed.", PresenceStats::sweptUsers);
  }

  private void sweeps() {
    counter("presence.sweeps", "sweeps", "Full sweeps completed.", PresenceStats::sweeps);
    counter(
        "presence.sweeps.failed",
        "sweeps",
        "Sweeps that an exception ended.",
        PresenceStats::failedSweeps);
    FunctionTimer.builder(
            "presence.sweep.duration",
            presence,
            figures.counter(stats -> stats.sweeps() + stats.failedSweeps()),
            figures.counter(PresenceStats::sweepNanos)::applyAsLong,
            TimeUnit.NANOSECONDS)
        .description("How long sweeps work, without their pauses.")
        .tags(tags)
        .register(registry);
    time(
        "presence.sweep.longest",
        TimeUnit.NANOSECONDS,
        "How long the longest sweep worked.",
        PresenceStats::longestSweepNanos);
  }

  private void snapshots() {
    counter("presence.snapshots", "snapshots", "Snapshots finished.", PresenceStats::snapshots);
    counter(
        "presence.snapshots.failed",
        "snapshots",
        "Snapshots that could not be finished.",
        PresenceStats::failedSnapshots);
    time(
        "presence.snapshot.age",
        TimeUnit.MILLISECONDS,
        "How long ago the last finished snapshot was begun.",
        stats ->
            stats.snapshotAgeMillis() == Presence.NEVER ? Double.NaN : stats.snapshotAgeMillis());
  }

  private void subscriptions() {
    gauge(
        "presence.subscriptions",
        "subscriptions",
        "Listeners that are subscribed.",
        figures.gauge(PresenceStats::subscriptions));
    gauge(
        "presence.subscriptions.queued",
        "events",
        "Events that wait for listeners.",
        figures.gauge(PresenceStats::queuedEvents));
    time(
        "presence.subscriptions.lag",
        TimeUnit.MILLISECONDS,
        "How long the oldest waiting event has waited.",
        PresenceStats::longestLagMillis);
    counter(
        "presence.subscriptions.resyncs",
        "resyncs",
        "How often a listener was told everything anew.",
        PresenceStats::resyncs);
  }

  private void replication() {
    time(
        "presence.replication.lag",
        TimeUnit.MILLISECONDS,
        "How long ago an exchange last brought all that was in the log.",
        stats ->
            stats.replication().lagMillis() == Presence.NEVER
                ? Double.NaN
                : stats.replication().lagMillis());
    counter(
        "presence.replication.sent",
        "users",
        "Heartbeats and disconnects that this node has published.",
        stats -> stats.replication().sentUsers());
    counter(
        "presence.replication.received",
        "users",
        "Heartbeats and disconnects of other nodes.",
        stats -> stats.replication().receivedUsers());
    counter(
        "presence.replication.refused",
        "users",
        "Heartbeats of other nodes for which there was no room.",
        stats -> stats.replication().refusedUsers());
    counter(
        "presence.replication.reconnections",
        "reconnections",
        "How often the log could be reached again.",
        stats -> stats.replication().reconnections());
    counter(
        "presence.replication.resyncs",
        "resyncs",
        "How often this node asked the others for what it had missed.",
        stats -> stats.replication().resyncs());
    counter(
        "presence.replication.frames.bad",
        "frames",
        "Entries of the log that were skipped.",
        stats -> stats.replication().badFrames());
  }

  private void gauge(
      String name, String unit, String description, ToDoubleFunction<Presence> figure) {
    Gauge.builder(name, presence, figure)
        .description(description)
        .baseUnit(unit)
        .tags(tags)
        .register(registry);
  }

  /** A duration; the registry says in which unit. */
  private void time(
      String name, TimeUnit unit, String description, ToDoubleFunction<PresenceStats> figure) {
    TimeGauge.builder(name, presence, unit, figures.gauge(figure))
        .description(description)
        .tags(tags)
        .register(registry);
  }

  private void counter(
      String name, String unit, String description, ToLongFunction<PresenceStats> figure) {
    FunctionCounter.builder(name, presence, figures.counter(figure)::applyAsLong)
        .description(description)
        .baseUnit(unit)
        .tags(tags)
        .register(registry);
  }
}
