package dev.presence.micrometer;

import dev.presence.Presence;
import dev.presence.PresenceStats;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * The figures of one presence as meters of Micrometer. All have the tag {@code name}, the name of
 * the instance, so instances in one registry need different names or different further tags.
 *
 * <pre>{@code
 * new PresenceMetrics(presence).bindTo(registry);
 * }</pre>
 *
 * <table>
 * <caption>The meters</caption>
 * <tr><th>name</th><th>kind, unit</th><th>what it tells</th></tr>
 * <tr><td>{@code presence.users.tracked}</td><td>gauge, users</td><td>held in memory</td></tr>
 * <tr><td>{@code presence.users.online}</td><td>gauge, users</td>
 *     <td>online; counted at most once an interval</td></tr>
 * <tr><td>{@code presence.users.free}</td><td>gauge, users</td>
 *     <td>capacity left: how many more can be tracked; with those tracked it adds up to the
 *     maximum</td></tr>
 * <tr><td>{@code presence.users.swept}</td><td>counter, users</td><td>removed by sweeps</td></tr>
 * <tr><td>{@code presence.sweeps}</td><td>counter, sweeps</td><td>full passes completed</td></tr>
 * <tr><td>{@code presence.sweeps.failed}</td><td>counter, sweeps</td>
 *     <td>passes that an exception ended</td></tr>
 * <tr><td>{@code presence.sweep.duration}</td><td>timer</td>
 *     <td>how long sweeps work, without pauses</td></tr>
 * <tr><td>{@code presence.sweep.longest}</td><td>gauge, time</td>
 *     <td>how long the longest pass worked, since {@code open()}</td></tr>
 * <tr><td>{@code presence.ticks.late}</td><td>counter, ticks</td>
 *     <td>threads of the library that went on too late</td></tr>
 * <tr><td>{@code presence.heartbeats.rejected}</td><td>counter, heartbeats</td>
 *     <td>refused for want of room</td></tr>
 * <tr><td>{@code presence.snapshots}</td><td>counter, snapshots</td><td>finished</td></tr>
 * <tr><td>{@code presence.snapshots.failed}</td><td>counter, snapshots</td>
 *     <td>not finished</td></tr>
 * <tr><td>{@code presence.snapshot.age}</td><td>gauge, time</td>
 *     <td>since the last finished one was begun; NaN while there is none</td></tr>
 * <tr><td>{@code presence.subscriptions}</td><td>gauge, subscriptions</td>
 *     <td>listeners now</td></tr>
 * <tr><td>{@code presence.subscriptions.queued}</td><td>gauge, events</td>
 *     <td>waiting for all listeners</td></tr>
 * <tr><td>{@code presence.subscriptions.lag}</td><td>gauge, time</td>
 *     <td>how long the oldest of them has waited</td></tr>
 * <tr><td>{@code presence.subscriptions.resyncs}</td><td>counter, resyncs</td>
 *     <td>listeners told everything anew</td></tr>
 * <tr><td>{@code presence.replication.lag}</td><td>gauge, time</td>
 *     <td>since this node last knew all that was in the log; NaN without replication</td></tr>
 * <tr><td>{@code presence.replication.sent}</td><td>counter, users</td>
 *     <td>heartbeats and disconnects published</td></tr>
 * <tr><td>{@code presence.replication.received}</td><td>counter, users</td>
 *     <td>those of other nodes</td></tr>
 * <tr><td>{@code presence.replication.refused}</td><td>counter, users</td>
 *     <td>heartbeats of other nodes, for want of room</td></tr>
 * <tr><td>{@code presence.replication.reconnections}</td><td>counter, reconnections</td>
 *     <td>links that were lost and came back</td></tr>
 * <tr><td>{@code presence.replication.resyncs}</td><td>counter, resyncs</td>
 *     <td>requests to the others for what was missed</td></tr>
 * <tr><td>{@code presence.replication.frames.bad}</td><td>counter, frames</td>
 *     <td>entries of the log skipped</td></tr>
 * </table>
 *
 * <p>{@link PresenceStats} says exactly what each means. Nothing is counted for the meters' sake:
 * they read {@link Presence#stats()} when a registry asks, once for all that are asked within a
 * tenth of a second.
 *
 * <p>After {@link Presence#close()} gauges are NaN, and counters stay at what was read last; no
 * meter throws. The meters hold the presence by a weak reference, as Micrometer's own do, so the
 * application has to hold it, and this object need not be kept. To let go of the meters, too,
 * remove them from the registry or close that.
 *
 * <p>Safe for use by any number of threads. Several registries may be bound to one object, and then
 * count users online no more often than one.
 */
public final class PresenceMetrics implements MeterBinder {

  /** How often users online are counted at most, unless configured: every 10 seconds. */
  public static final Duration DEFAULT_ONLINE_INTERVAL = Duration.ofSeconds(10);

  private static final Duration LONGEST_ONLINE_INTERVAL = Duration.ofDays(1);

  private final Presence presence;
  private final Tags tags;
  private final Figures figures;

  /**
   * Meters with the tag {@code name} alone.
   *
   * @param presence whose figures
   * @throws NullPointerException if {@code presence} is null
   * @throws IllegalStateException if {@code presence} is closed
   */
  public PresenceMetrics(Presence presence) {
    this(presence, List.of());
  }

  /**
   * Meters with further tags.
   *
   * @param presence whose figures
   * @param tags besides {@code name}; a tag {@code name} among them replaces that of the instance
   * @throws NullPointerException if an argument is null
   * @throws IllegalStateException if {@code presence} is closed
   */
  public PresenceMetrics(Presence presence, Iterable<Tag> tags) {
    this(presence, tags, DEFAULT_ONLINE_INTERVAL);
  }

  /**
   * Meters with further tags, and another pace for the one figure that costs something: {@link
   * Presence#onlineCount()} passes over all users.
   *
   * @param presence whose figures
   * @param tags besides {@code name}; a tag {@code name} among them replaces that of the instance
   * @param onlineInterval users online are counted at most this often, and otherwise the last
   *     number is told; from zero, for each time, to 1 day
   * @throws NullPointerException if an argument is null
   * @throws IllegalArgumentException if {@code onlineInterval} is outside its range
   * @throws IllegalStateException if {@code presence} is closed
   */
  public PresenceMetrics(Presence presence, Iterable<Tag> tags, Duration onlineInterval) {
    this(presence, tags, onlineInterval, System::nanoTime);
  }

  PresenceMetrics(
      Presence presence, Iterable<Tag> tags, Duration onlineInterval, LongSupplier nanoTime) {
    this.presence = Objects.requireNonNull(presence, "presence");
    Objects.requireNonNull(tags, "tags");
    this.figures = new Figures(checkInterval(onlineInterval), nanoTime);
    this.tags = Tags.of("name", presence.name()).and(tags);
  }

  private static Duration checkInterval(Duration interval) {
    Objects.requireNonNull(interval, "onlineInterval");
    if (interval.isNegative()) {
      throw new IllegalArgumentException(
          "onlineInterval must be >= PT0S: onlineInterval=" + interval);
    }
    if (interval.compareTo(LONGEST_ONLINE_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "onlineInterval must be <= PT24H: onlineInterval=" + interval);
    }
    return interval;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    Objects.requireNonNull(registry, "registry");
    new Meters(registry, presence, figures, tags).addAll();
  }
}
