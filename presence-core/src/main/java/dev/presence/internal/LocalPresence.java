package dev.presence.internal;

import dev.presence.Presence;
import dev.presence.PresenceFullException;
import dev.presence.PresenceStats;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * The rules of {@link Presence}: checks arguments, reads the clock once, and turns stamps into
 * answers. Data flows one way, from here to {@link StampStore}; the clock and the consumers, which
 * are the application's code, are called outside the gate.
 */
final class LocalPresence implements Presence {

  private final StampStore store;
  private final CallGate gate;
  private final EpochClock clock;
  private final Sweeps sweeps;
  private final Duration onlineWindow;
  private final Duration retention;
  private final long windowSeconds;
  private final long retentionSeconds;
  private final Pool<Batch> batches = new Pool<>(Batch::new);
  private final LongAdder rejected = new LongAdder();

  /** Null where the caller sweeps. Set once, before this object is published. */
  private Thread sweeperThread;

  LocalPresence(
      StampStore store,
      CallGate gate,
      EpochClock clock,
      Sweeps sweeps,
      Duration onlineWindow,
      Duration retention) {
    this.store = store;
    this.gate = gate;
    this.clock = clock;
    this.sweeps = sweeps;
    this.onlineWindow = onlineWindow;
    this.retention = retention;
    this.windowSeconds = onlineWindow.toSeconds();
    this.retentionSeconds = retention.toSeconds();
  }

  void startSweeper(Thread thread) {
    sweeperThread = thread;
    thread.start();
  }

  @Override
  public void recordHeartbeat(long userId) {
    long now = clock.nowSeconds();
    record(userId, now, now);
  }

  @Override
  public void recordHeartbeat(long userId, long epochSecond) {
    Arguments.checkEpochSecond(epochSecond);
    long now = clock.nowSeconds();
    long stamp = Math.min(epochSecond, now);
    if (now - stamp >= retentionSeconds) {
      checkOpen();
      return;
    }
    record(userId, stamp, now);
  }

  private void record(long userId, long stamp, long now) {
    if (raise(userId, stamp)) {
      return;
    }
    sweeps.makeRoom(now);
    if (!raise(userId, stamp)) {
      throw full(1);
    }
  }

  private boolean raise(long userId, long stamp) {
    int ticket = gate.enter();
    try {
      return store.raise(userId, (int) stamp);
    } finally {
      gate.exit(ticket);
    }
  }

  @Override
  public void recordHeartbeats(long[] userIds) {
    Objects.requireNonNull(userIds, "userIds");
    long now = clock.nowSeconds();
    checkOpen(); // for an empty batch
    NoRoom noRoom = null;
    Batch batch = batches.take();
    try {
      for (int start = 0; start < userIds.length; start += Batch.CAPACITY) {
        batch.load(userIds, start);
        noRoom = raise(batch, (int) now, noRoom);
      }
    } finally {
      batches.giveBack(batch);
    }
    if (noRoom != null) {
      recordAfterSweep(noRoom, now);
    }
  }

  /** Returns the users who found no room so far, null for nobody. */
  private NoRoom raise(Batch batch, int stamp, NoRoom noRoom) {
    int ticket = gate.enter();
    try {
      int rest = store.raiseTracked(batch, stamp);
      for (int i = 0; i < rest; i++) {
        long userId = batch.userIds[batch.rest[i]];
        if (!store.raise(userId, stamp)) {
          noRoom = NoRoom.add(noRoom, userId);
        }
      }
      return noRoom;
    } finally {
      gate.exit(ticket);
    }
  }

  private void recordAfterSweep(NoRoom noRoom, long now) {
    sweeps.makeRoom(now);
    long refused = 0;
    for (int i = 0; i < noRoom.count; i++) {
      if (!raise(noRoom.userIds[i], now)) {
        refused++;
      }
    }
    if (refused > 0) {
      throw full(refused);
    }
  }

  private PresenceFullException full(long refused) {
    rejected.add(refused);
    return new PresenceFullException(store.users().maxUsers(), store.users().tracked(), refused);
  }

  @Override
  public void disconnect(long userId) {
    sweeps.disconnect(userId, clock.nowSeconds(), windowSeconds);
  }

  @Override
  public boolean isOnline(long userId) {
    long now = clock.nowSeconds();
    int ticket = gate.enter();
    try {
      return Stamp.isYounger(store.stampOf(userId), now, windowSeconds);
    } finally {
      gate.exit(ticket);
    }
  }

  @Override
  public boolean[] statusOf(long[] userIds) {
    Objects.requireNonNull(userIds, "userIds");
    boolean[] online = new boolean[userIds.length];
    statusWithin(windowSeconds, userIds, online);
    return online;
  }

  @Override
  public boolean[] statusOf(long[] userIds, Duration window) {
    Objects.requireNonNull(userIds, "userIds");
    Arguments.checkWindow(window, retention);
    boolean[] online = new boolean[userIds.length];
    statusWithin(window.toSeconds(), userIds, online);
    return online;
  }

  @Override
  public void statusOf(long[] userIds, boolean[] online) {
    Objects.requireNonNull(userIds, "userIds");
    Objects.requireNonNull(online, "online");
    Arguments.checkLength("online", online.length, userIds.length);
    statusWithin(windowSeconds, userIds, online);
  }

  private void statusWithin(long seconds, long[] userIds, boolean[] online) {
    long now = clock.nowSeconds();
    checkOpen(); // for an empty batch
    Batch batch = batches.take();
    try {
      for (int start = 0; start < userIds.length; start += Batch.CAPACITY) {
        batch.load(userIds, start);
        readStamps(batch);
        for (int i = 0; i < batch.size; i++) {
          online[start + i] = Stamp.isYounger(batch.stamps[i], now, seconds);
        }
      }
    } finally {
      batches.giveBack(batch);
    }
  }

  private void readStamps(Batch batch) {
    int ticket = gate.enter();
    try {
      store.stampsOf(batch);
    } finally {
      gate.exit(ticket);
    }
  }

  @Override
  public long lastSeen(long userId) {
    long now = clock.nowSeconds();
    int ticket = gate.enter();
    try {
      return lastSeen(store.stampOf(userId), now);
    } finally {
      gate.exit(ticket);
    }
  }

  @Override
  public long[] lastSeenOf(long[] userIds) {
    Objects.requireNonNull(userIds, "userIds");
    long[] epochSeconds = new long[userIds.length];
    lastSeenInto(userIds, epochSeconds);
    return epochSeconds;
  }

  @Override
  public void lastSeenOf(long[] userIds, long[] epochSeconds) {
    Objects.requireNonNull(userIds, "userIds");
    Objects.requireNonNull(epochSeconds, "epochSeconds");
    Arguments.checkLength("epochSeconds", epochSeconds.length, userIds.length);
    Arguments.checkNotSame(userIds, epochSeconds);
    lastSeenInto(userIds, epochSeconds);
  }

  private void lastSeenInto(long[] userIds, long[] epochSeconds) {
    long now = clock.nowSeconds();
    checkOpen(); // for an empty batch
    Batch batch = batches.take();
    try {
      for (int start = 0; start < userIds.length; start += Batch.CAPACITY) {
        batch.load(userIds, start);
        readStamps(batch);
        for (int i = 0; i < batch.size; i++) {
          epochSeconds[start + i] = lastSeen(batch.stamps[i], now);
        }
      }
    } finally {
      batches.giveBack(batch);
    }
  }

  private long lastSeen(int stamp, long now) {
    return Stamp.isYounger(stamp, now, retentionSeconds) ? Integer.toUnsignedLong(stamp) : NEVER;
  }

  @Override
  public long onlineCount() {
    long now = clock.nowSeconds();
    long count = 0;
    for (int segment = 0; segment < store.segments(); segment++) {
      count += online(segment, now, null);
    }
    return count;
  }

  @Override
  public void forEachOnline(LongConsumer action) {
    Objects.requireNonNull(action, "action");
    long now = clock.nowSeconds();
    long[] userIds = new long[store.largestSegment()];
    for (int segment = 0; segment < store.segments(); segment++) {
      int count = online(segment, now, userIds);
      for (int i = 0; i < count; i++) {
        action.accept(userIds[i]);
      }
    }
  }

  private int online(int segment, long now, long[] userIds) {
    int ticket = gate.enter();
    try {
      return store.younger(segment, now, windowSeconds, userIds);
    } finally {
      gate.exit(ticket);
    }
  }

  @Override
  public long sweep() {
    return sweeps.pass(clock.nowSeconds());
  }

  @Override
  public PresenceStats stats() {
    int ticket = gate.enter();
    try {
      return new PresenceStats(
          store.users().tracked(),
          store.users().maxUsers(),
          store.offHeapBytes(),
          sweeps.completed(),
          sweeps.failed(),
          sweeps.removed(),
          rejected.sum(),
          store.isLockFree());
    } finally {
      gate.exit(ticket);
    }
  }

  private void checkOpen() {
    if (gate.isClosed()) {
      throw CallGate.closedException();
    }
  }

  @Override
  public void close() {
    if (gate.close()) {
      store.close();
      LockSupport.unpark(sweeperThread);
    }
  }

  @Override
  public String toString() {
    return "Presence[onlineWindow="
        + onlineWindow
        + ", retention="
        + retention
        + ", maxUsers="
        + store.users().maxUsers()
        + (gate.isClosed() ? ", closed]" : "]");
  }
}
