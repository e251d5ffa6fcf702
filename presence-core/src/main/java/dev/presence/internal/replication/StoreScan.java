package dev.presence.internal.replication;

import dev.presence.internal.store.Batch;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import java.util.Arrays;

/**
 * Reads the users of a store whose stamps lie in a span of time, a part at a time, each part sorted
 * by the ids.
 */
final class StoreScan {

  private final StampStore store;
  private final long fromSecond;
  private final long toSecond;
  private final long[] segmentIds;
  private final Batch batch = new Batch();
  private int nextSegment;
  private int position;
  private int end;

  /** The ids of the part that was read last, and their stamps. */
  final long[] userIds = new long[FrameWriter.LARGEST_COUNT];

  final long[] seconds = new long[FrameWriter.LARGEST_COUNT];

  /** Reads the stamps from one second of the node to another, both included. */
  StoreScan(StampStore store, long fromSecond, long toSecond) {
    this.store = store;
    this.fromSecond = Math.max(Stamp.FIRST, fromSecond);
    this.toSecond = toSecond;
    this.segmentIds = new long[store.largestSegment()];
  }

  boolean isDone() {
    return position == end && nextSegment == store.segments();
  }

  /** Reads the next part; returns how many users it has, which may be none. */
  int next() {
    if (position == end && nextSegment < store.segments()) {
      end = store.younger(nextSegment, toSecond, toSecond - fromSecond + 1, segmentIds, null);
      nextSegment++;
      position = 0;
      Arrays.sort(segmentIds, 0, end);
    }
    int count = 0;
    while (position < end && count <= userIds.length - Batch.CAPACITY) {
      batch.load(segmentIds, position, end);
      position += batch.size;
      store.stampsOf(batch);
      for (int i = 0; i < batch.size; i++) {
        long second = Integer.toUnsignedLong(batch.stamps[i]);
        if (second >= fromSecond && second <= toSecond) {
          userIds[count] = batch.userIds[i];
          seconds[count++] = second;
        }
      }
    }
    return count;
  }
}
