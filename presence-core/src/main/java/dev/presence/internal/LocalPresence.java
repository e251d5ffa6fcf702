package dev.presence.internal;

import dev.presence.Presence;
import dev.presence.PresenceFullException;
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
import dev.presence.internal.snapshot.Snapshots;
import dev.presence.internal.store.Batch;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.LongList;
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
 * hands out the work. Heartbeats are here; {@link Answers} turns stamps into answers. Data flows
 * one way, from here to the {@link StampStore}. The clock and the consumers, which are the
 * application's code, are called under no lock.
 */
final class LocalPresence implements Presence {

  private final String name;
  private final StampStore store;
  private final EpochClock clock;
  private final Sweeper sweeper;
  private final Room room;
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
      Duration onlineWindow,
      Duration retention,
      PresenceTiers tiers,
      Events events) {
    this.name = name;
    this.store = store;
    this.transfer = new StampTransfer(store);
    this.clock = clock;
    this.sweeper = sweeper;
    this.room = room;
    this.transitions = transitions;
    this.snapshots = snapshots;
    this.statistics = new Statistics(store, sweeper, transitions, snapshots, events);
    this.dispatch =
        () -> {
          transitions.dispatch();
          return null;
        };
    this.onlineWindow = onlineWindow;
    this.retention = retention;
    this.windowSeconds = onlineWindow.toSeconds();
    this.retentionSeconds = retention.toSeconds();
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
    record(userId, nowSeconds, nowSeconds);
  }

  @Override
  public void recordHeartbeat(long userId, long epochSecond) {
    checkOpen();
    Arguments.checkEpochSecond(epochSecond);
    long nowSeconds = clock.nowSeconds();
    long stamp = Math.min(epochSecond, nowSeconds);
    if (nowSeconds - stamp < retentionSeconds) {
      record(userId, stamp, nowSeconds);
    }
  }

  private void record(long userId, long stamp, long nowSeconds) {
    if (!store.raise(userId, (int) stamp)) {
      recordInNewRoom(new long[] {userId}, stamp, nowSeconds);
    }
  }

  @Override
  public void recordHeartbeats(long[] userIds) {
    checkOpen();
    Objects.requireNonNull(userIds, "userIds");
    long nowSeconds = clock.nowSeconds();
    LongList refused = null;
    Batch batch = batches.take();
    try {
      for (int start = 0; start < userIds.length; start += batch.size) {
        batch.load(userIds, start);
        refused = raise(batch, (int) nowSeconds, refused);
      }
    } finally {
      batches.giveBack(batch);
    }
    if (refused != null) {
      recordInNewRoom(refused.toArray(), nowSeconds, nowSeconds);
    }
  }

  /** Records a batch; returns the users who have found no room so far, or null. */
  private LongList raise(Batch batch, int stamp, LongList refused) {
    LongList result = refused;
    int rest = store.raise(batch, stamp);
    for (int i = 0; i < rest; i++) {
      result = result == null ? new LongList() : result;
      result.add(batch.userIds[batch.rest[i]]);
    }
    return result;
  }

  private void recordInNewRoom(long[] userIds, long stamp, long nowSeconds) {
    room.make(nowSeconds, userIds);
    long refused = 0;
    for (long userId : userIds) {
      if (!store.raise(userId, (int) stamp)) {
        refused++;
      }
    }
    if (refused > 0) {
      statistics.rejected(refused);
      throw new PresenceFullException(store.users().maxUsers(), store.users().tracked(), refused);
    }
  }

  /**
   * Lowers the stamp to one exactly a window (and a grace period) old: the latest that is offline
   * for the window, every shorter one, and the listeners. Where nothing that old is kept, or in the
   * first seconds of 1970 when there is no such stamp, forgets the user.
   */
  @Override
  public void disconnect(long userId) {
    checkOpen();
    long nowSeconds = clock.nowSeconds();
    long stamp = transitions.offlineSecond(nowSeconds);
    boolean forget = nowSeconds - stamp >= retentionSeconds || stamp < Stamp.FIRST;
    if (forget ? store.forget(userId) : store.lower(userId, (int) stamp)) {
      room.left(userId);
    }
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
