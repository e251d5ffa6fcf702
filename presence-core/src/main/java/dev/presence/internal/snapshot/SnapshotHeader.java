package dev.presence.internal.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The header of a snapshot; the package says how it is laid out.
 *
 * @param clean whether {@code close()} wrote the snapshot
 * @param number the number of the snapshot
 * @param takenSecond the epoch second at which the snapshot was begun
 * @param windowSeconds the online window in force
 * @param retentionSeconds the retention in force
 * @param records how many records there are
 * @param salt a random number that no other snapshot is likely to have
 */
record SnapshotHeader(
    boolean clean,
    long number,
    long takenSecond,
    long windowSeconds,
    long retentionSeconds,
    long records,
    int salt) {

  static final int BYTES = 64;

  private static final byte[] MAGIC = "PRESENCE".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int VERSION_OFFSET = 8;
  private static final int CRC_OFFSET = 60;

  SnapshotHeader withRecords(long count) {
    return new SnapshotHeader(
        clean, number, takenSecond, windowSeconds, retentionSeconds, count, salt);
  }

  byte[] toBytes() {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    buffer.put(MAGIC).putInt(VERSION).putInt(clean ? 1 : 0).putLong(number).putLong(takenSecond);
    buffer.putLong(windowSeconds).putLong(retentionSeconds).putLong(records).putInt(salt);
    return buffer.putInt(crc(buffer.array())).array();
  }

  /**
   * Reads and checks a header.
   *
   * @throws DamagedSnapshotException if this is none, or of another version
   */
  static SnapshotHeader of(byte[] bytes) throws DamagedSnapshotException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (bytes.length < BYTES || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new DamagedSnapshotException(0, "is not a snapshot");
    }
    if (buffer.getInt(CRC_OFFSET) != crc(bytes)) {
      throw new DamagedSnapshotException(0, "header does not match its checksum");
    }
    int version = buffer.getInt(VERSION_OFFSET);
    if (version != VERSION) {
      throw new DamagedSnapshotException(VERSION_OFFSET, "has the unknown version " + version);
    }
    return new SnapshotHeader(
        buffer.getInt(12) != 0,
        buffer.getLong(16),
        buffer.getLong(24),
        buffer.getLong(32),
        buffer.getLong(40),
        buffer.getLong(48),
        buffer.getInt(56));
  }

  private static int crc(byte[] header) {
    CRC32C crc = new CRC32C();
    crc.update(header, 0, CRC_OFFSET);
    return (int) crc.getValue();
  }
}
