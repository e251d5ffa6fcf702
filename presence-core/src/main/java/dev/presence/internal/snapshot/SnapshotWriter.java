package dev.presence.internal.snapshot;

import dev.presence.internal.store.SegmentScan;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Writes a snapshot so that, whenever power fails or the process dies, the folder holds this
 * snapshot whole or the one before.
 *
 * <p>Why: the file gets its name only after its content has been forced, and an older snapshot is
 * deleted only after that name has been forced. A step that fails leaves a file that no reader
 * takes; the next attempt uses another number and so another file. In particular a force that has
 * failed is never tried again: the kernel may have dropped the pages, and would say that all is
 * well.
 */
final class SnapshotWriter {

  /** The newest of which are kept. */
  private static final int KEPT = 2;

  private final SnapshotFiles files;
  private long[] userIds = new long[0];
  private int[] stamps = new int[0];

  SnapshotWriter(SnapshotFiles files) {
    this.files = files;
  }

  /** How much was written. */
  record Written(long users, long bytes) {}

  /**
   * Writes all users.
   *
   * @param draft the header but for the number of records
   * @param deadlineNanos the {@link System#nanoTime} after which to give up
   */
  Written write(SnapshotHeader draft, SegmentScan scan, long deadlineNanos) throws IOException {
    String temporary = SnapshotNames.temporary(draft.number());
    SnapshotFiles.Output created = files.create(temporary); // may fail because somebody else did
    Written written;
    try {
      try (SnapshotFiles.Output out = created) {
        written = writeContent(draft, scan, out, deadlineNanos);
        out.force();
      }
      files.rename(temporary, SnapshotNames.whole(draft.number()));
      files.forceFolder();
    } catch (Throwable e) {
      deleteAfter(e, temporary);
      throw e;
    }
    deleteOld(draft.number());
    return written;
  }

  private Written writeContent(
      SnapshotHeader draft, SegmentScan scan, SnapshotFiles.Output out, long deadlineNanos)
      throws IOException {
    if (userIds.length < scan.largestSegment()) {
      userIds = new long[scan.largestSegment()];
      stamps = new int[scan.largestSegment()];
    }
    Block block = new Block(draft.number(), draft.salt());
    long position = SnapshotHeader.BYTES;
    long records = 0;
    int blocks = 0;
    for (int segment = 0; segment < scan.segments(); segment++) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new IOException("a snapshot took too long");
      }
      // Whatever the age: should the clock be wrong now, the users are right.
      int count = scan.younger(segment, 0, Long.MAX_VALUE, userIds, stamps);
      for (int i = 0; i < count; i++) {
        block.add(userIds[i], stamps[i]);
        if (block.isFull()) {
          records += block.records();
          position = write(block, blocks++, out, position);
        }
      }
    }
    if (block.records() > 0) {
      records += block.records();
      position = write(block, blocks++, out, position);
    }
    long end = write(block, blocks, out, position); // the last one is empty
    out.write(0, draft.withRecords(records).toBytes(), SnapshotHeader.BYTES);
    return new Written(records, end);
  }

  private static long write(Block block, int number, SnapshotFiles.Output out, long position)
      throws IOException {
    block.seal(number);
    out.write(position, block.array(), block.length());
    long next = position + block.length();
    block.clear();
    return next;
  }

  private void deleteAfter(Throwable failure, String name) {
    try {
      files.delete(name);
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /** Deletes what the newest snapshots replace. What cannot be deleted now is tried again later. */
  private void deleteOld(long newest) {
    try {
      long[] whole =
          files.list().stream()
              .map(SnapshotNames::ofWhole)
              .filter(OptionalLong::isPresent)
              .mapToLong(OptionalLong::getAsLong)
              .filter(number -> number <= newest)
              .sorted()
              .toArray();
      for (int i = 0; i < whole.length - KEPT; i++) {
        files.delete(SnapshotNames.whole(whole[i]));
      }
    } catch (IOException e) {
      return; // the snapshot itself is whole
    }
  }
}
