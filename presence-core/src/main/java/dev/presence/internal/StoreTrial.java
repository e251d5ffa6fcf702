package dev.presence.internal;

import dev.presence.internal.store.Batch;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.store.SweepTask;

/**
 * Uses each part of a store once before anybody has it, so that jars of Chronicle that do not fit
 * together fail at open and not at a heartbeat.
 */
final class StoreTrial {

  private static final long USER = 1;
  private static final int STAMP = 1;

  private StoreTrial() {}

  /** The store is a sample, empty before and after. */
  static void run(StampStore sample) {
    int segment = sample.segmentOf(USER);
    sample.raise(USER, STAMP);
    sample.stampOf(USER);
    Batch batch = new Batch();
    batch.load(new long[] {USER}, 0);
    sample.stampsOf(batch);
    sample.raise(batch, STAMP);
    sample.replace(USER, STAMP, STAMP);
    sample.younger(segment, STAMP, 1, null, null);
    sample.forget(USER);
    sample.sweep(segment, new Everybody(new long[sample.largestSegment()]));
  }

  /** Removes everybody. */
  private static final class Everybody implements SweepTask {

    private final long[] userIds;

    Everybody(long[] userIds) {
      this.userIds = userIds;
    }

    @Override
    public long[] userIds() {
      return userIds;
    }

    @Override
    public boolean removes(int stamp) {
      return true;
    }

    @Override
    public boolean sparesAnnounced() {
      return false;
    }

    @Override
    public void kept(long userId, int stamp) {}
  }
}
