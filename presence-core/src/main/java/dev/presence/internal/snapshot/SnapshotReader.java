package dev.presence.internal.snapshot;

import java.io.IOException;
import java.io.InputStream;

/** Reads a snapshot from beginning to end and checks all of it on the way. */
final class SnapshotReader {

  private final InputStream in;
  private long offset;

  private SnapshotReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads a snapshot.
   *
   * @param number the number it must have
   * @param records receives each record, before it is known whether all of the file is whole; null
   *     to check the file alone
   * @return its header
   * @throws DamagedSnapshotException if it is not whole
   */
  static SnapshotHeader read(SnapshotFiles files, long number, RecordConsumer records)
      throws IOException {
    try (InputStream in = files.read(SnapshotNames.whole(number))) {
      return new SnapshotReader(in).read(number, records);
    }
  }

  private SnapshotHeader read(long number, RecordConsumer records) throws IOException {
    SnapshotHeader header = SnapshotHeader.of(in.readNBytes(SnapshotHeader.BYTES));
    if (header.number() != number) {
      throw new DamagedSnapshotException(0, "is a copy of number " + header.number());
    }
    offset = SnapshotHeader.BYTES;
    Block block = new Block(number, header.salt());
    long count = 0;
    for (int blockNumber = 0; readBlock(block, blockNumber) > 0; blockNumber++) {
      for (int i = 0; records != null && i < block.records(); i++) {
        records.accept(block.userId(i), block.stamp(i));
      }
      count += block.records();
    }
    if (count != header.records()) {
      throw new DamagedSnapshotException(
          offset, "has " + count + " records instead of " + header.records());
    }
    if (in.read() >= 0) {
      throw new DamagedSnapshotException(offset, "goes on behind its last block");
    }
    return header;
  }

  /** Reads the next block; returns how many records it has. */
  private int readBlock(Block block, int number) throws IOException {
    readFully(block.array(), 0, Block.HEADER_BYTES);
    int recordBytes;
    try {
      recordBytes = block.recordBytes(number);
    } catch (DamagedSnapshotException e) {
      throw new DamagedSnapshotException(offset, e.getMessage());
    }
    readFully(block.array(), Block.HEADER_BYTES, recordBytes);
    if (!block.matches()) {
      throw new DamagedSnapshotException(
          offset, "block " + number + " does not match its checksum");
    }
    offset += Block.HEADER_BYTES + recordBytes;
    return block.records();
  }

  private void readFully(byte[] bytes, int start, int length) throws IOException {
    int read = in.readNBytes(bytes, start, length);
    if (read < length) {
      throw new DamagedSnapshotException(offset + start + read, "ends too early");
    }
  }

  /** Receives the records of a snapshot. */
  interface RecordConsumer {
    void accept(long userId, int stamp);
  }
}
