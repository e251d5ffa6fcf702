package dev.presence.internal;

import dev.presence.PresenceFullException;
import dev.presence.internal.concurrent.Pool;
import dev.presence.internal.replication.MirroredUsers;
import dev.presence.internal.replication.Outbox;
import dev.presence.internal.store.Batch;
import dev.presence.internal.store.LongList;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.sweep.Room;
import dev.presence.internal.transitions.Transitions;

/**
 * Records heartbeats and disconnects: this node's callers', which other nodes have to learn of, and
 * those that come from other nodes.
 */
final class Heartbeats implements MirroredUsers {

  private final StampStore store;
  private final Room room;
  private final Transitions transitions;
  private final Statistics statistics;
  private final long retentionSeconds;
  private final Pool<Batch> batches;

  /** Null where nothing is replicated. */
  private final Outbox outbox;

  Heartbeats(
      StampStore store,
      Room room,
      Transitions transitions,
      Statistics statistics,
      long retentionSeconds,
      Pool<Batch> batches,
      Outbox outbox) {
    this.store = store;
    this.room = room;
    this.transitions = transitions;
    this.statistics = statistics;
    this.retentionSeconds = retentionSeconds;
    this.batches = batches;
    this.outbox = outbox;
  }

  /** Records a heartbeat unless it is older than the retention. */
  void record(long userId, long stamp, long nowSeconds) {
    if (nowSeconds - stamp >= retentionSeconds) {
      return;
    }
    long before = store.getAndRaise(userId, (int) stamp);
    if (before == StampStore.NO_ROOM) {
      recordInNewRoom(new long[] {userId}, stamp, nowSeconds);
    } else if (outbox != null) {
      outbox.heartbeat(userId, before, stamp);
    }
  }

  /** Records heartbeats of now; all those for whom there is room. */
  void record(long[] userIds, long nowSeconds) {
    LongList refused = null;
    Batch batch = batches.take();
    try {
      for (int start = 0; start < userIds.length; ) {
        batch.load(userIds, start);
        start += batch.size; // here: raise may take some out
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
    if (outbox != null) {
      batch.remove(rest);
      outbox.heartbeats(batch, Integer.toUnsignedLong(stamp));
    }
    return result;
  }

  private void recordInNewRoom(long[] userIds, long stamp, long nowSeconds) {
    room.make(nowSeconds, userIds);
    long refused = 0;
    for (long userId : userIds) {
      long before = store.getAndRaise(userId, (int) stamp);
      if (before == StampStore.NO_ROOM) {
        refused++;
      } else if (outbox != null) {
        outbox.heartbeat(userId, before, stamp);
      }
    }
    if (refused > 0) {
      statistics.rejected(refused);
      throw new PresenceFullException(store.users().maxUsers(), store.users().tracked(), refused);
    }
  }

  /** Disconnects a user, here and, where that is configured, at all other nodes. */
  void disconnect(long userId, long nowMillis, long nowSeconds) {
    if (outbox == null) {
      disconnect(userId, StampStore.NO_LIMIT, nowSeconds);
      return;
    }
    outbox.disconnect(userId, nowMillis);
    disconnect(userId, StampStore.NO_LIMIT, nowSeconds);
  }

  /**
   * Lowers the stamp to one exactly a window (and a grace period) old: the latest that is offline
   * for the window, every shorter one, and the listeners. Where nothing that old is kept, or in the
   * first seconds of 1970 when there is no such stamp, forgets the user.
   */
  @Override
  public void disconnect(long userId, int limit, long nowSeconds) {
    long stamp = transitions.offlineSecond(nowSeconds);
    boolean forget = nowSeconds - stamp >= retentionSeconds || stamp < Stamp.FIRST;
    if (store.lower(userId, forget ? Stamp.NONE : (int) stamp, limit)) {
      room.left(userId);
    }
  }

  @Override
  public int raise(Batch batch, int stamp, long nowSeconds) {
    int rest = store.raise(batch, stamp);
    if (rest == 0) {
      return 0;
    }
    long[] userIds = new long[rest];
    for (int i = 0; i < rest; i++) {
      userIds[i] = batch.userIds[batch.rest[i]];
    }
    room.make(nowSeconds, userIds);
    int refused = 0;
    for (long userId : userIds) {
      refused += store.raise(userId, stamp) ? 0 : 1;
    }
    return refused;
  }
}
