package dev.presence.examples.http;

import dev.presence.Presence;
import dev.presence.PresenceStats;
import java.util.function.Supplier;

/** The figures of {@link PresenceStats}. Safe for use by any number of threads. */
final class StatsMetrics implements Metrics {

  private final Supplier<PresenceStats> stats;

  StatsMetrics(Supplier<PresenceStats> stats) {
    this.stats = stats;
  }

  @Override
  public String scrape() {
    PresenceStats now = stats.get();
    StringBuilder text = new StringBuilder(2_048);
    gauge(text, "tracked_users", "Users held in memory.", now.trackedUsers());
    gauge(text, "max_users", "Users that fit at once.", now.maxUsers());
    gauge(text, "off_heap_bytes", "Memory outside the Java heap.", now.offHeapBytes());
    counter(text, "sweeps", "Sweeps completed.", now.sweeps());
    counter(text, "failed_sweeps", "Sweeps that an exception ended.", now.failedSweeps());
    counter(text, "swept_users", "Users whom sweeps removed.", now.sweptUsers());
    counter(text, "sweep_nanos", "Nanoseconds that sweeps worked.", now.sweepNanos());
    gauge(text, "longest_sweep_nanos", "Those of the longest one.", now.longestSweepNanos());
    counter(text, "late_ticks", "Times a thread was late.", now.lateTicks());
    counter(text, "rejected_heartbeats", "Heartbeats without room.", now.rejectedHeartbeats());
    gauge(text, "subscriptions", "Listeners subscribed now.", now.subscriptions());
    gauge(text, "queued_events", "Events that wait for listeners.", now.queuedEvents());
    gauge(text, "longest_lag_millis", "How long the oldest waits.", now.longestLagMillis());
    counter(text, "resyncs", "Times a listener was told all anew.", now.resyncs());
    counter(text, "offline_holds", "Times listeners were told of nobody.", now.offlineHolds());
    counter(text, "snapshots", "Snapshots finished.", now.snapshots());
    counter(text, "failed_snapshots", "Snapshots not finished.", now.failedSnapshots());
    counter(text, "damaged_snapshots", "Files set aside at the start.", now.damagedSnapshots());
    time(text, "last_snapshot_begun", "When the last snapshot began.", now.lastSnapshotBegun());
    time(text, "last_snapshot_finished", "When it was finished.", now.lastSnapshotFinished());
    if (now.snapshotAgeMillis() != Presence.NEVER) {
      gauge(text, "snapshot_age_millis", "How long ago it began.", now.snapshotAgeMillis());
    }
    gauge(text, "lock_free", "Whether reads take no lock.", now.lockFree() ? 1 : 0);
    return text.toString();
  }

  private static void gauge(StringBuilder text, String name, String help, long value) {
    family(text, "presence_" + name, "gauge", help, value);
  }

  private static void counter(StringBuilder text, String name, String help, long value) {
    family(text, "presence_" + name + "_total", "counter", help, value);
  }

  /** A time that has not come yet is left out. */
  private static void time(StringBuilder text, String name, String help, long epochSecond) {
    if (epochSecond != Presence.NEVER) {
      family(text, "presence_" + name + "_timestamp_seconds", "gauge", help, epochSecond);
    }
  }

  private static void family(
      StringBuilder text, String name, String type, String help, long value) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    text.append(name).append(' ').append(value).append('\n');
  }
}
