package dev.presence.internal.snapshot;

import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;

/**
 * The records of a snapshot that still count: counts them, and loads them into a store. A stamp
 * that has reached the retention is left out; one in the future is taken as now.
 */
final class LiveUsers implements SnapshotReader.RecordConsumer {

  private static final int CAPACITY = 8192;

  private final StampStore store;
  private final long nowSeconds;
  private final long retentionSeconds;
  private final long[] userIds = new long[CAPACITY];
  private final int[] stamps = new int[CAPACITY];
  private int waiting;
  private long count;
  private long refused;

  private LiveUsers(StampStore store, long nowSeconds, long retentionSeconds) {
    this.store = store;
    this.nowSeconds = nowSeconds;
    this.retentionSeconds = retentionSeconds;
  }

  static LiveUsers counting(long nowSeconds, long retentionSeconds) {
    return new LiveUsers(null, nowSeconds, retentionSeconds);
  }

  static LiveUsers loading(StampStore store, long nowSeconds, long retentionSeconds) {
    return new LiveUsers(store, nowSeconds, retentionSeconds);
  }

  @Override
  public void accept(long userId, int stamp) {
    if (!Stamp.isYounger(stamp, nowSeconds, retentionSeconds)) {
      return;
    }
    count++;
    if (store != null) {
      if (waiting == CAPACITY) {
        flush();
      }
      userIds[waiting] = userId;
      stamps[waiting++] = (int) Math.min(Integer.toUnsignedLong(stamp), nowSeconds);
    }
  }

  /** Loads what still waits; returns how many users have found no room so far. */
  long flush() {
    refused += store.raiseAll(userIds, stamps, waiting);
    waiting = 0;
    return refused;
  }

  long count() {
    return count;
  }
}
