package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** A snapshot, read by somebody who knows nothing but the text of the package {@code snapshot}. */
record SnapshotContent(String header, long second, int blocks, Map<Long, Long> stamps) {

  static SnapshotContent read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    assertThat(new String(bytes, 0, 8, StandardCharsets.US_ASCII)).isEqualTo("PRESENCE");
    assertThat(in.getInt(8)).as("version").isEqualTo(1);
    assertThat(in.getInt(12)).as("clean").isBetween(0, 1);
    assertThat(in.getInt(60)).as("CRC of the header").isEqualTo(crc(bytes, 0, 60));
    Map<Long, Long> stamps = new HashMap<>();
    long records = 0;
    int start = 64;
    for (int block = 0; ; block++) {
      int count = in.getInt(start + 4);
      int end = start + 12 + 12 * count;
      assertThat(in.getInt(start)).as("number of the block").isEqualTo(block);
      assertThat(count).as("records of block %d", block).isBetween(0, 21_844);
      assertThat(in.getInt(start + 8))
          .as("CRC of block %d", block)
          .isEqualTo(crc(bytes, 16, 24, 56, 60, start, start + 8, start + 12, end));
      for (int record = start + 12; record < end; record += 12) {
        stamps.put(in.getLong(record), Integer.toUnsignedLong(in.getInt(record + 8)));
      }
      records += count;
      start = end;
      if (count == 0) {
        assertThat(in.limit()).as("length of the file").isEqualTo(end);
        assertThat(records).as("all records").isEqualTo(in.getLong(48)).isEqualTo(stamps.size());
        String header = "clean=" + (in.getInt(12) == 1) + " number=" + in.getLong(16);
        header += " window=" + in.getLong(32) + " retention=" + in.getLong(40);
        return new SnapshotContent(header, in.getLong(24), block + 1, stamps);
      }
    }
  }

  private static int crc(byte[] bytes, int... bounds) {
    CRC32C crc = new CRC32C();
    for (int i = 0; i < bounds.length; i += 2) {
      crc.update(bytes, bounds[i], bounds[i + 1] - bounds[i]);
    }
    return (int) crc.getValue();
  }
}
