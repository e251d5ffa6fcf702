package dev.presence.internal;

import dev.presence.Presence;
import dev.presence.PresenceListener;
import dev.presence.PresenceStats;
import dev.presence.PresenceSubscription;
import dev.presence.PresenceTiers;
import dev.presence.PresenceTransition;
import dev.presence.ProgressListener;
import dev.presence.internal.concurrent.CallGate;
import dev.presence.internal.concurrent.Pool;
import dev.presence.internal.csv.CsvReader;
import dev.presence.internal.jfr.Events;
import dev.presence.internal.management.Registration;
import dev.presence.internal.replication.Replication;
import dev.presence.internal.snapshot.Snapshots;
import dev.presence.internal.store.Batch;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.sweep.Room;
import dev.presence.internal.sweep.Sweeper;
import dev.presence.internal.transitions.Transitions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * The rules of {@link Presence}: checks that the instance is open and the arguments are good, and
 * hands out the work: {@link Heartbeats} records, {@link Answers} turns stamps into answers. Data
 * flows one way, from here to the {@link StampStore}. The clock and the consumers, which are the
 * application's code, are called under no lock.
 */
final class LocalPresence implements Presence {

  private final String name;
  private final StampStore store;
  private final EpochClock clock;
  private final Sweeper sweeper;
  private final Transitions transitions;

  /** Null where nothing is kept on disk. */
  private final Snapshots snapshots;

  private final Duration onlineWindow;
  private final Duration retention;
  private final long windowSeconds;
  private final long retentionSeconds;
  private final PresenceTiers tiers;
  private final Answers answers;
  private final Pool<Batch> batches = new Pool<>(Batch::new);
  private final StampTransfer transfer;
  private final CsvReader.LineConsumer lateHeartbeats = this::recordHeartbeat; // see Rehearsal
  private final Statistics statistics;
  private final Heartbeats heartbeats;

  /** Null where nothing is replicated. */
  private final Replication replication;

  private final Supplier<Void> dispatch; // see Rehearsal

  /** Null where the caller sweeps. Set once, before this object is published. */
  private Thread sweeperThread;

  /** Null without an MXBean. Set once, before this object is published. */
  private Registration registration;

  LocalPresence(
      String name,
      StampStore store,
      EpochClock clock,
      Sweeper sweeper,
      Room room,
      Transitions transitions,
      Snapshots snapshots,
      Replication replication,
      Duration onlineWindow,
      Duration retention,
      PresenceTiers tiers,
      Events events) {
    this.name = name;
    this.store = store;
    this.transfer = new StampTransfer(store);
    this.clock = clock;
    this.sweeper = sweeper;
    this.transitions = transitions;
    this.snapshots = snapshots;
    this.replication = replication;
    this.statistics = new Statistics(store, sweeper, transitions, snapshots, replication, events);
    this.dispatch =
        () -> {
          transitions.dispatch();
          return null;
        };
    this.onlineWindow = onlineWindow;
    this.retention = retention;
    this.windowSeconds = onlineWindow.toSeconds();
    this.retentionSeconds = retention.toSeconds();
    this.heartbeats =
        new Heartbeats(
            store,
            room,
            transitions,
            statistics,
            retentionSeconds,
            batches,
            replication == null ? null : replication.outbox());
    if (replication != null) {
      replication.prepare(store, heartbeats, clock, windowSeconds, retentionSeconds);
    }
    this.answers = new Answers(store, clock, batches, retentionSeconds, new TierWindows(tiers));
    this.tiers = tiers;
  }

  /**
   * Shows the figures to JMX, until this closes.
   *
   * @throws IllegalStateException if there are some of that name
   */
  void register() {
    registration = Registration.of(this);
  }

  /** Begins to exchange with other nodes, and waits for their users. */
  void startReplication() {
    if (replication != null) {
      replication.start(name);
    }
  }

  void startSweeper(Thread thread) {
    sweeperThread = thread;
    thread.start();
  }

  @Override
  public String name() {
    checkOpen();
    return name;
  }

  @Override
  public void recordHeartbeat(long userId) {
    checkOpen();
    long nowSeconds = clock.nowSeconds();
    heartbeats.record(userId, nowSeconds, nowSeconds);
  }

  @Override
  public void recordHeartbeat(long userId, long epochSecond) {
    checkOpen();
    Arguments.checkEpochSecond(epochSecond);
    long nowSeconds = clock.nowSeconds();
    heartbeats.record(userId, Math.min(epochSecond, nowSeconds), nowSeconds);
  }

  @Override
  public void recordHeartbeats(long[] userIds) {
    checkOpen();
    Objects.requireNonNull(userIds, "userIds");
    long nowSeconds = clock.nowSeconds();
    heartbeats.record(userIds, nowSeconds);
  }

  @Override
  public void disconnect(long userId) {
    checkOpen();
    long nowMillis = clock.nowMillis();
    heartbeats.disconnect(userId, nowMillis, Math.floorDiv(nowMillis, 1_000L));
  }

  @Override
  public boolean isOnline(long userId) {
    checkOpen();
    return answers.isYounger(userId, windowSeconds);
  }

  @Override
  public boolean[] statusOf(long[] userIds) {
    checkOpen();
    Objects.requireNonNull(userIds, "userIds");
    boolean[] online = new boolean[userIds.length];
    answers.areYounger(userIds, windowSeconds, online);
    return online;
  }

  @Override
  public boolean[] statusOf(long[] userIds, Duration window) {
    checkOpen();
    Objects.requireNonNull(userIds, "userIds");
    Arguments.checkWindow(window, retention);
    boolean[] online = new boolean[userIds.length];
    answers.areYounger(userIds, window.toSeconds(), online);
    return online;
  }

  @Override
  public void statusOf(long[] userIds, boolean[] online) {
    checkOpen();
    Objects.requireNonNull(userIds, "userIds");
    Objects.requireNonNull(online, "online");
    Arguments.checkLength("online", online.length, userIds.length);
    answers.areYounger(userIds, windowSeconds, online);
  }

  @Override
  public long lastSeen(long userId) {
    checkOpen();
    return answers.lastSeen(userId);
  }

  @Override
  public long[] lastSeenOf(long[] userIds) {
    checkOpen();
    Objects.requireNonNull(userIds, "userIds");
    long[] epochSeconds = new long[userIds.length];
    answers.lastSeen(userIds, epochSeconds);
    return epochSeconds;
  }

  @Override
  public void lastSeenOf(long[] userIds, long[] epochSeconds) {
    checkOpen();
    Objects.requireNonNull(userIds, "userIds");
    Objects.requireNonNull(epochSeconds, "epochSeconds");
    Arguments.checkLength("epochSeconds", epochSeconds.length, userIds.length);
    Arguments.checkNotSame(userIds, epochSeconds);
    answers.lastSeen(userIds, epochSeconds);
  }

  @Override
  public PresenceTiers tiers() {
    checkOpen();
    return tiers;
  }

  @Override
  public byte tierOf(long userId) {
    checkOpen();
    return answers.tierOf(userId);
  }

  @Override
  public void tiersOf(long[] userIds, byte[] tiers) {
    checkOpen();
    Objects.requireNonNull(userIds, "userIds");
    Objects.requireNonNull(tiers, "tiers");
    Arguments.checkLength("tiers", tiers.length, userIds.length);
    answers.tiersOf(userIds, tiers);
  }

  @Override
  public long onlineCount() {
    checkOpen();
    long nowSeconds = clock.nowSeconds();
    long count = 0;
    for (int segment = 0; segment < store.segments(); segment++) {
      count += store.younger(segment, nowSeconds, windowSeconds, null, null);
    }
    return count;
  }

  /**
   * Collects the users of a segment and hands them to the action a batch at a time. If a second has
   * passed since their stamps were read, reads those of the batch again first.
   */
  @Override
  public void forEachOnline(LongConsumer action) {
    checkOpen();
    Objects.requireNonNull(action, "action");
    long[] userIds = new long[store.largestSegment()];
    Batch batch = new Batch(); // not a pooled one: the action may take its time
    for (int segment = 0; segment < store.segments(); segment++) {
      long readSeconds = clock.nowSeconds();
      int count = store.younger(segment, readSeconds, windowSeconds, userIds, null);
      for (int start = 0; start < count; start += batch.size) {
        batch.load(userIds, start, count);
        long nowSeconds = clock.nowSeconds();
        if (nowSeconds != readSeconds) {
          store.stampsOf(batch);
        }
        for (int i = 0; i < batch.size; i++) {
          if (nowSeconds == readSeconds
              || Stamp.isYounger(batch.stamps[i], nowSeconds, windowSeconds)) {
            checkOpen(); // the action may have closed this
            action.accept(batch.userIds[i]);
          }
        }
      }
    }
  }

  @Override
  public PresenceSubscription subscribe(PresenceListener listener, Executor executor) {
    checkOpen();
    Objects.requireNonNull(listener, "listener");
    Objects.requireNonNull(executor, "executor");
    return transitions.subscribe(null, listener, executor);
  }

  @Override
  public PresenceSubscription subscribe(
      long[] userIds, PresenceListener listener, Executor executor) {
    checkOpen();
    Objects.requireNonNull(userIds, "userIds");
    Objects.requireNonNull(listener, "listener");
    Objects.requireNonNull(executor, "executor");
    return transitions.subscribe(userIds, listener, executor);
  }

  @Override
  public Flow.Publisher<PresenceTransition> transitions(Executor executor) {
    checkOpen();
    Objects.requireNonNull(executor, "executor");
    return transitions.publisher(null, executor, CallGate::closedException);
  }

  @Override
  public Flow.Publisher<PresenceTransition> transitions(long[] userIds, Executor executor) {
    checkOpen();
    Objects.requireNonNull(userIds, "userIds");
    Objects.requireNonNull(executor, "executor");
    return transitions.publisher(userIds, executor, CallGate::closedException);
  }

  /** Where the caller dispatches, finds out who has gone before it removes them. */
  @Override
  public long sweep() {
    checkOpen();
    long nowSeconds = clock.nowSeconds();
    if (!transitions.areDispatchedByCaller()) {
      return sweeper.pass(nowSeconds);
    }
    store.onOwnThread(dispatch);
    try {
      return sweeper.pass(nowSeconds);
    } finally {
      transitions.deliver();
    }
  }

  @Override
  public long exportTo(Path file, ProgressListener listener) {
    checkOpen();
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(listener, "listener");
    return transfer.exportTo(file, clock.nowSeconds(), retentionSeconds, listener);
  }

  @Override
  public long importFrom(Path file, ProgressListener listener) {
    checkOpen();
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(listener, "listener");
    return transfer.importFrom(file, lateHeartbeats, listener);
  }

  @Override
  public PresenceStats stats() {
    checkOpen();
    return statistics.now();
  }

  private void checkOpen() {
    if (store.isClosed()) {
      throw CallGate.closedException();
    }
  }

  @Override
  public void close() {
    try {
      if (registration != null) {
        registration.end();
      }
    } finally {
      closeParts();
    }
  }

  private void closeParts() {
    if (replication != null) {
      replication.close();
    }
    transitions.close();
    try {
      if (snapshots == null) {
        store.close();
      } else {
        snapshots.close(store);
      }
    } finally {
      LockSupport.unpark(sweeperThread);
    }
  }

  @Override
  public String toString() {
    return "Presence[name="
        + name
        + ", onlineWindow="
        + onlineWindow
        + ", retention="
        + retention
        + ", maxUsers="
        + store.users().maxUsers()
        + (store.isClosed() ? ", closed]" : "]");
  }
}
