package dev.presence.internal.snapshot;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Working memory for one block of a snapshot; the package says how it is laid out. */
final class Block {

  static final int HEADER_BYTES = 12;
  static final int RECORD_BYTES = 12;
  static final int CAPACITY = (256 * 1024 - HEADER_BYTES) / RECORD_BYTES;

  private static final int CRC_OFFSET = 8;

  private final ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + CAPACITY * RECORD_BYTES);
  private final ByteBuffer snapshot = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
  private final CRC32C crc = new CRC32C();

  /**
   * A block of one snapshot. Its checksum covers the salt, too, because two folders have snapshots
   * of the same number: a backup may have been copied over part of a file.
   */
  Block(long snapshotNumber, int salt) {
    snapshot.putLong(snapshotNumber).putInt(salt);
    clear();
  }

  /** Takes all records out. */
  void clear() {
    buffer.clear().position(HEADER_BYTES);
  }

  boolean isFull() {
    return buffer.remaining() < RECORD_BYTES;
  }

  int records() {
    return (buffer.position() - HEADER_BYTES) / RECORD_BYTES;
  }

  void add(long userId, int stamp) {
    buffer.putLong(userId).putInt(stamp);
  }

  /** Completes the header; {@link #array()} up to {@link #length()} is the block then. */
  void seal(int number) {
    buffer.putInt(0, number).putInt(Integer.BYTES, records());
    buffer.putInt(CRC_OFFSET, checksum(length()));
  }

  byte[] array() {
    return buffer.array();
  }

  int length() {
    return buffer.position();
  }

  /** After the first 12 bytes were read into the array: how many bytes of records follow. */
  int recordBytes(int number) throws DamagedSnapshotException {
    int records = buffer.getInt(Integer.BYTES);
    if (buffer.getInt(0) != number || records < 0 || records > CAPACITY) {
      throw new DamagedSnapshotException(0, "block " + number + " has a wrong header");
    }
    buffer.clear().position(HEADER_BYTES + records * RECORD_BYTES);
    return records * RECORD_BYTES;
  }

  /** After all bytes were read into the array: whether they match the checksum. */
  boolean matches() {
    return buffer.getInt(CRC_OFFSET) == checksum(length());
  }

  long userId(int record) {
    return buffer.getLong(HEADER_BYTES + record * RECORD_BYTES);
  }

  int stamp(int record) {
    return buffer.getInt(HEADER_BYTES + record * RECORD_BYTES + Long.BYTES);
  }

  private int checksum(int length) {
    crc.reset();
    crc.update(snapshot.array());
    crc.update(buffer.array(), 0, CRC_OFFSET);
    crc.update(buffer.array(), HEADER_BYTES, length - HEADER_BYTES);
    return (int) crc.getValue();
  }
}
