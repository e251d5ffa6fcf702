package dev.presence.internal;

/**
 * Uses each part of an empty store once before anybody has it, so that jars of Chronicle that do
 * not fit together fail at open and not at a heartbeat.
 */
final class StoreTrial {

  private static final long USER = 1;
  private static final int STAMP = 1;

  private StoreTrial() {}

  /** The store is empty before and after. */
  static void run(StampStore store) {
    int segment = store.segmentOf(USER);
    store.raise(USER, STAMP);
    store.stampOf(USER);
    Batch batch = new Batch();
    batch.load(new long[] {USER}, 0);
    store.stampsOf(batch);
    store.raiseTracked(batch, STAMP);
    store.replace(USER, STAMP, STAMP);
    store.younger(segment, STAMP, 1, null);
    store.forget(USER);
    store.sweep(segment, new SweepTask(store.largestSegment(), 1).remove(1, STAMP));
    store.users().forgetStamps();
  }
}
