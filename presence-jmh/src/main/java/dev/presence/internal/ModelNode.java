package dev.presence.internal;

import dev.presence.Presence;
import dev.presence.PresenceBuilder;
import dev.presence.PresenceTiers;
import dev.presence.internal.jfr.Recorder;
import dev.presence.internal.replication.ModelExchanges;
import dev.presence.internal.replication.ModelLink;
import dev.presence.internal.replication.ModelTime;
import dev.presence.internal.replication.Replication;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.sweep.Room;
import dev.presence.internal.sweep.Sweeper;
import dev.presence.internal.transitions.Transitions;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * A node of a model: the library's own code, with its defaults, in modelled time and without the
 * library's threads. It is in this package because the library has no door for it, and needs none
 * otherwise. For one thread at a time.
 */
public final class ModelNode implements AutoCloseable {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final ModelLink link;
  private final Replication replication;
  private final Presence presence;
  private long cpuNanos;

  /** Opens a node; the seed tells nodes apart. */
  public ModelNode(ModelLink link, ModelTime time, long maxUsers, long seed) {
    this.link = link;
    EpochClock clock = new EpochClock(() -> Instant.ofEpochMilli(time.millis()));
    long window = PresenceBuilder.DEFAULT_ONLINE_WINDOW.toSeconds();
    StampStore store = StoreOpener.open("node", maxUsers, MemoryLimit.ofThisProcess(), clock);
    Sweeper sweeper = new Sweeper(store, clock, window, window, Recorder.none());
    replication =
        ModelExchanges.of(
            link,
            PresenceBuilder.DEFAULT_EXCHANGE_INTERVAL,
            PresenceBuilder.DEFAULT_PUBLISH_INTERVAL,
            maxUsers,
            time::nanos,
            new SplittableRandom(seed));
    presence =
        new LocalPresence(
            "node",
            store,
            clock,
            sweeper,
            new Room(store, sweeper, window, window),
            new Transitions("node", store, clock, window, 0, 0, false, Recorder.none()),
            null,
            replication,
            PresenceBuilder.DEFAULT_ONLINE_WINDOW,
            PresenceBuilder.DEFAULT_ONLINE_WINDOW,
            PresenceTiers.builder().tier("ONLINE", PresenceBuilder.DEFAULT_ONLINE_WINDOW).build(),
            Recorder.none());
  }

  public Presence presence() {
    return presence;
  }

  /** Does what the node's thread does once an exchange interval, and lets its time pass. */
  public void exchange() {
    long ownNanos = link.ownCpuNanos();
    long startNanos = THREADS.getCurrentThreadCpuTime();
    ModelExchanges.run(replication);
    cpuNanos += THREADS.getCurrentThreadCpuTime() - startNanos - (link.ownCpuNanos() - ownNanos);
    link.settle();
  }

  /** CPU that the exchanges have taken, without the model's own. */
  public long cpuNanos() {
    return cpuNanos;
  }

  /** Heartbeats of others that the node has read. */
  public long receivedUsers() {
    return replication.stats().receivedUsers();
  }

  @Override
  public void close() {
    presence.close();
  }
}
