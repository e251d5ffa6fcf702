package dev.presence.internal;

import dev.presence.Presence;
import dev.presence.internal.concurrent.Pool;
import dev.presence.internal.store.Batch;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;

/** Turns stamps into answers. Each method reads the clock once. */
final class Answers {

  private final StampStore store;
  private final EpochClock clock;
  private final Pool<Batch> batches;
  private final long retentionSeconds;
  private final TierWindows tiers;

  Answers(
      StampStore store,
      EpochClock clock,
      Pool<Batch> batches,
      long retentionSeconds,
      TierWindows tiers) {
    this.store = store;
    this.clock = clock;
    this.batches = batches;
    this.retentionSeconds = retentionSeconds;
    this.tiers = tiers;
  }

  boolean isYounger(long userId, long ageSeconds) {
    long nowSeconds = clock.nowSeconds();
    return Stamp.isYounger(store.stampOf(userId), nowSeconds, ageSeconds);
  }

  void areYounger(long[] userIds, long ageSeconds, boolean[] answers) {
    long nowSeconds = clock.nowSeconds();
    Batch batch = batches.take();
    try {
      for (int start = 0; start < userIds.length; start += batch.size) {
        batch.load(userIds, start);
        store.stampsOf(batch);
        for (int i = 0; i < batch.size; i++) {
          answers[start + i] = Stamp.isYounger(batch.stamps[i], nowSeconds, ageSeconds);
        }
      }
    } finally {
      batches.giveBack(batch);
    }
  }

  long lastSeen(long userId) {
    long nowSeconds = clock.nowSeconds();
    return lastSeen(store.stampOf(userId), nowSeconds);
  }

  void lastSeen(long[] userIds, long[] epochSeconds) {
    long nowSeconds = clock.nowSeconds();
    Batch batch = batches.take();
    try {
      for (int start = 0; start < userIds.length; start += batch.size) {
        batch.load(userIds, start);
        store.stampsOf(batch);
        for (int i = 0; i < batch.size; i++) {
          epochSeconds[start + i] = lastSeen(batch.stamps[i], nowSeconds);
        }
      }
    } finally {
      batches.giveBack(batch);
    }
  }

  private long lastSeen(int stamp, long nowSeconds) {
    return Stamp.isYounger(stamp, nowSeconds, retentionSeconds)
        ? Integer.toUnsignedLong(stamp)
        : Presence.NEVER;
  }

  byte tierOf(long userId) {
    long nowSeconds = clock.nowSeconds();
    return tiers.tierOf(store.stampOf(userId), nowSeconds);
  }

  void tiersOf(long[] userIds, byte[] answers) {
    long nowSeconds = clock.nowSeconds();
    Batch batch = batches.take();
    try {
      for (int start = 0; start < userIds.length; start += batch.size) {
        batch.load(userIds, start);
        store.stampsOf(batch);
        for (int i = 0; i < batch.size; i++) {
          answers[start + i] = tiers.tierOf(batch.stamps[i], nowSeconds);
        }
      }
    } finally {
      batches.giveBack(batch);
    }
  }
}
