package dev.presence;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32C;

/** Wrong bytes in a snapshot. */
enum ByteDamage implements Damage {
  TRUNCATED((bytes, hit) -> Arrays.copyOf(bytes, hit.below(bytes.length))),
  TRUNCATED_NEAR_A_BOUND(ByteDamage::truncateNearABound),
  EMPTY((bytes, hit) -> new byte[0]),
  ONE_BIT((bytes, hit) -> flip(bytes, hit.below(bytes.length), hit)),
  ONE_BIT_OF_A_HEADER((bytes, hit) -> flip(bytes, hit.below(64 + 12), hit)),
  SECTORS_LOST(ByteDamage::loseSectors),
  BLOCKS_SWAPPED(ByteDamage::swapBlocks),
  BLOCK_TWICE(ByteDamage::repeatABlock),
  BLOCK_LEFT_OUT(ByteDamage::leaveOutABlock),
  BLOCK_OF_ANOTHER_GENERATION(ByteDamage::takeABlockOfTheSibling),
  BLOCKS_OF_ANOTHER_FOLDER(ByteDamage::takeBlocksOfAnotherFolder),
  FILE_OF_ANOTHER_GENERATION((bytes, hit) -> Files.readAllBytes(hit.sibling())),
  GARBAGE((bytes, hit) -> hit.garbage(hit.below(500_000))),
  ZEROS((bytes, hit) -> new byte[hit.below(500_000)]),
  GARBAGE_APPENDED((bytes, hit) -> append(bytes, hit.garbage(1 + hit.below(100_000)))),
  ONE_BYTE_APPENDED((bytes, hit) -> append(bytes, new byte[1])),
  HUGE_COUNT_IN_A_BLOCK(ByteDamage::countHugeInABlock),
  HUGE_COUNT_IN_THE_HEADER(ByteDamage::countHugeInTheHeader);

  private static final int HEADER_BYTES = 64;
  private static final int SECTOR_BYTES = 512;

  @SuppressWarnings("ImmutableEnumChecker") // they hold nothing
  private final Change change;

  ByteDamage(Change change) {
    this.change = change;
  }

  private interface Change {
    byte[] apply(byte[] bytes, Hit hit) throws IOException;
  }

  @Override
  public void apply(Hit hit) throws IOException {
    Files.write(hit.file(), change.apply(hit.bytes(), hit));
  }

  private static byte[] truncateNearABound(byte[] bytes, Hit hit) {
    List<byte[]> parts = split(bytes);
    int length = hit.below(3) - 1;
    for (byte[] part : parts.subList(0, hit.below(parts.size()))) {
      length += part.length;
    }
    return Arrays.copyOf(bytes, Math.max(0, length));
  }

  private static byte[] flip(byte[] bytes, int position, Hit hit) {
    bytes[position] ^= (byte) (1 << hit.below(8));
    return bytes;
  }

  private static byte[] loseSectors(byte[] bytes, Hit hit) {
    int start = hit.below(bytes.length / SECTOR_BYTES) * SECTOR_BYTES;
    int end = Math.min(bytes.length, start + SECTOR_BYTES * (1 + hit.below(64)));
    byte[] instead = hit.below(2) == 0 ? new byte[end - start] : hit.garbage(end - start);
    System.arraycopy(instead, 0, bytes, start, instead.length);
    return bytes;
  }

  private static byte[] swapBlocks(byte[] bytes, Hit hit) {
    List<byte[]> parts = split(bytes);
    int first = 1 + hit.below(parts.size() - 2);
    Collections.swap(parts, first, first + 1);
    return join(parts);
  }

  private static byte[] repeatABlock(byte[] bytes, Hit hit) {
    List<byte[]> parts = split(bytes);
    int block = 1 + hit.below(parts.size() - 1);
    parts.add(block, parts.get(block));
    return join(parts);
  }

  private static byte[] leaveOutABlock(byte[] bytes, Hit hit) {
    List<byte[]> parts = split(bytes);
    parts.remove(1 + hit.below(parts.size() - 1));
    return join(parts);
  }

  private static byte[] takeABlockOfTheSibling(byte[] bytes, Hit hit) throws IOException {
    List<byte[]> parts = split(bytes);
    parts.set(1, split(Files.readAllBytes(hit.sibling())).get(1));
    return join(parts);
  }

  /**
   * As when a backup is copied over the file and that is broken off, or has begun in the middle.
   */
  private static byte[] takeBlocksOfAnotherFolder(byte[] bytes, Hit hit) throws IOException {
    List<byte[]> parts = split(bytes);
    List<byte[]> others = split(Files.readAllBytes(hit.foreign()));
    int first = 1 + hit.below(parts.size() - 1);
    int end = hit.below(2) == 0 ? first + 1 : parts.size();
    for (int i = first; i < end; i++) {
      parts.set(i, others.get(i));
    }
    return join(parts);
  }

  private static byte[] append(byte[] bytes, byte[] more) {
    return join(List.of(bytes, more));
  }

  private static byte[] countHugeInABlock(byte[] bytes, Hit hit) {
    int[] counts = {Integer.MAX_VALUE, -1, Integer.MIN_VALUE, 21_845, 178_956_970};
    ByteBuffer.wrap(bytes).putInt(HEADER_BYTES + 4, counts[hit.below(counts.length)]);
    return bytes;
  }

  /** With a checksum that matches. */
  private static byte[] countHugeInTheHeader(byte[] bytes, Hit hit) {
    ByteBuffer header = ByteBuffer.wrap(bytes);
    long[] counts = {Long.MAX_VALUE, -1, Long.MIN_VALUE, header.getLong(48) + 1, 0};
    header.putLong(48, counts[hit.below(counts.length)]);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, 60);
    header.putInt(60, (int) crc.getValue());
    return bytes;
  }

  /** The header and the blocks of a whole snapshot. */
  private static List<byte[]> split(byte[] bytes) {
    List<byte[]> parts = new ArrayList<>();
    parts.add(Arrays.copyOf(bytes, HEADER_BYTES));
    for (int start = HEADER_BYTES; start < bytes.length; ) {
      int end = start + 12 + 12 * ByteBuffer.wrap(bytes).getInt(start + 4);
      parts.add(Arrays.copyOfRange(bytes, start, end));
      start = end;
    }
    return parts;
  }

  private static byte[] join(List<byte[]> parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    parts.forEach(joined::writeBytes);
    return joined.toByteArray();
  }
}
