package dev.presence.internal.transitions;

import dev.presence.ManualClock;
import dev.presence.internal.store.Batch;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.sweep.Room;
import java.util.SplittableRandom;

/** Records and disconnects at random, as a presence would. For one thread. */
final class StressedUsers {

  private final StampStore store;
  private final Room room;
  private final Transitions transitions;
  private final ManualClock clock;
  private final SplittableRandom random;
  private final int firstUser;
  private final int users;
  private final long retentionSeconds;
  private final Batch batch = new Batch();
  long calls;
  long refusals;

  StressedUsers(
      StampStore store,
      Room room,
      Transitions transitions,
      ManualClock clock,
      SplittableRandom random,
      int firstUser,
      int users,
      long retentionSeconds) {
    this.store = store;
    this.room = room;
    this.transitions = transitions;
    this.clock = clock;
    this.random = random;
    this.firstUser = firstUser;
    this.users = users;
    this.retentionSeconds = retentionSeconds;
  }

  void runUntil(long deadlineNanos) {
    while (System.nanoTime() - deadlineNanos < 0) {
      for (int i = 0; i < 50; i++) {
        call();
      }
    }
  }

  private void call() {
    calls++;
    long nowSeconds = clock.nowSeconds();
    int dice = random.nextInt(100);
    if (dice < 40) {
      record(user(), nowSeconds, nowSeconds);
    } else if (dice < 50) {
      recordBatch(nowSeconds);
    } else if (dice < 55) {
      record(user(), nowSeconds - random.nextInt((int) retentionSeconds), nowSeconds);
    } else {
      disconnect(user(), nowSeconds);
    }
  }

  private void record(long userId, long stamp, long nowSeconds) {
    if (!store.raise(userId, (int) stamp)) {
      room.make(nowSeconds, new long[] {userId});
      refusals += store.raise(userId, (int) stamp) ? 0 : 1;
    }
  }

  private void recordBatch(long nowSeconds) {
    long[] userIds = random.longs(random.nextInt(1, Batch.CAPACITY), 0, users).toArray();
    for (int i = 0; i < userIds.length; i++) {
      userIds[i] += firstUser;
    }
    batch.load(userIds, 0);
    int refused = store.raise(batch, (int) nowSeconds);
    for (int i = 0; i < refused; i++) {
      record(batch.userIds[batch.rest[i]], nowSeconds, nowSeconds);
    }
  }

  private void disconnect(long userId, long nowSeconds) {
    long stamp = transitions.offlineSecond(nowSeconds);
    boolean forget = nowSeconds - stamp >= retentionSeconds || stamp < Stamp.FIRST;
    if (forget ? store.forget(userId) : store.lower(userId, (int) stamp)) {
      room.left(userId);
    }
  }

  private long user() {
    return (long) firstUser + random.nextInt(users);
  }
}
