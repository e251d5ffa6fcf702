package dev.presence.internal;

import dev.presence.Presence;
import dev.presence.PresenceTiers;
import dev.presence.ReplicationStats;
import dev.presence.internal.jfr.Recorder;
import dev.presence.internal.replication.Exchanges;
import dev.presence.internal.replication.Replication;
import dev.presence.internal.replication.ReplicationSettings;
import dev.presence.internal.replication.SharedLog;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.sweep.Room;
import dev.presence.internal.sweep.Sweeper;
import dev.presence.internal.transitions.Transitions;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A node without threads: time passes, and exchanges happen, when the test says so. */
public final class SimulatedNode implements AutoCloseable {

  private final Replication replication;
  private final Presence presence;

  /**
   * Opens a node.
   *
   * @param log what it shares with others
   * @param millis its own clock
   * @param nanoTime the machine's time
   */
  public SimulatedNode(
      SharedLog log,
      LongSupplier millis,
      LongSupplier nanoTime,
      RandomGenerator random,
      Config config) {
    EpochClock clock = new EpochClock(() -> Instant.ofEpochMilli(millis.getAsLong()));
    long window = config.windowSeconds();
    long retention = config.retentionSeconds();
    StampStore store =
        StoreOpener.open("node", config.maxUsers(), MemoryLimit.ofThisProcess(), clock);
    Sweeper sweeper = new Sweeper(store, clock, window, retention, Recorder.none());
    replication =
        Exchanges.byHand(
            new ReplicationSettings(
                log,
                Duration.ofMillis(config.exchangeMillis()),
                Duration.ofSeconds(config.publishSeconds()),
                Duration.ZERO),
            config.maxUsers(),
            nanoTime,
            random);
    presence =
        new LocalPresence(
            "node",
            store,
            clock,
            sweeper,
            new Room(store, sweeper, window, retention),
            new Transitions("node", store, clock, window, 0, 0, false, Recorder.none()),
            null,
            replication,
            Duration.ofSeconds(window),
            Duration.ofSeconds(retention),
            PresenceTiers.builder().tier("ONLINE", Duration.ofSeconds(window)).build(),
            Recorder.none());
  }

  /** How a node is configured. */
  public record Config(
      long windowSeconds,
      long retentionSeconds,
      long publishSeconds,
      long maxUsers,
      long exchangeMillis) {

    /** Exchanges are to be 200 milliseconds apart. */
    public Config(long windowSeconds, long retentionSeconds, long publishSeconds, long maxUsers) {
      this(windowSeconds, retentionSeconds, publishSeconds, maxUsers, 200);
    }

    Config exchangingEvery(long millis) {
      return new Config(windowSeconds, retentionSeconds, publishSeconds, maxUsers, millis);
    }

    /** A window of 30 seconds, no longer retention, room for 10,000. */
    public static final Config DEFAULT = new Config(30, 30, 1, 10_000);
  }

  public Presence presence() {
    return presence;
  }

  public void exchange() {
    Exchanges.run(replication);
  }

  /** Publishes what is left, as a node that ends does. */
  public void finish() {
    Exchanges.finish(replication);
  }

  public ReplicationStats stats() {
    return replication.stats();
  }

  @Override
  public void close() {
    presence.close();
  }
}
