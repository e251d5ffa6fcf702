package dev.presence.internal.replication;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Makes frames. A frame is a header (two magic bytes, a version, the node's id, its running number,
 * the log's time at which it was made), sections, and a CRC-32C of all that.
 *
 * <p>Ids are sorted and written as differences; numbers are variable-length, seven bits a byte, the
 * low ones first. Seconds are written as how long they lie before the frame's.
 */
final class FrameWriter {

  static final byte MAGIC_1 = (byte) 0xD0; // no text begins like this
  static final byte MAGIC_2 = 'P';
  static final byte VERSION = 1;

  /** Heartbeats of one second. */
  static final int BEATS = 1;

  /** Users with a second each. */
  static final int STAMPS = 2;

  static final int DISCONNECTS = 3;

  /** Asks for stamps. */
  static final int REQUEST = 4;

  /** Offers to answer a request. */
  static final int OFFER = 5;

  /** Ends an answer. */
  static final int ANSWERED = 6;

  /** A frame has at most so many heartbeats and stamps, and as many disconnects. */
  static final int LARGEST_COUNT = 8_192;

  static final int CHECKSUM_BYTES = 4;

  private byte[] bytes = new byte[4_096];
  private int length;
  private long frameSecond;
  private int count;

  void begin(long nodeId, long number, long logMillis) {
    length = 0;
    count = 0;
    frameSecond = Math.floorDiv(logMillis, 1_000L);
    write(MAGIC_1);
    write(MAGIC_2);
    write(VERSION);
    writeLong(nodeId);
    writeNumber(number);
    writeLong(logMillis);
  }

  /** How many more heartbeats and stamps fit. */
  int room() {
    return LARGEST_COUNT - count;
  }

  /** Writes heartbeats of one second of the log; the ids are sorted. */
  void beats(long second, long[] userIds, int from, int to) {
    write((byte) BEATS);
    writeNumber(to - from);
    writeSecond(second);
    long before = 0;
    for (int i = from; i < to; i++) {
      writeNumber(userIds[i] - before);
      before = userIds[i];
    }
    count += to - from;
  }

  /** Writes stamps; the ids are sorted, the seconds are the log's. */
  void stamps(long[] userIds, long[] seconds, int from, int to) {
    write((byte) STAMPS);
    writeNumber(to - from);
    long before = 0;
    for (int i = from; i < to; i++) {
      writeNumber(userIds[i] - before);
      writeSecond(seconds[i]);
      before = userIds[i];
    }
    count += to - from;
  }

  /** Writes disconnects, in the order of their users' ids. */
  void disconnects(Iterable<Disconnect> sorted, int size) {
    write((byte) DISCONNECTS);
    writeNumber(size);
    long before = 0;
    for (Disconnect disconnect : sorted) {
      writeNumber(disconnect.userId() - before);
      writeSecond(disconnect.second());
      writeNumber(Math.max(0, frameSecond * 1_000 + 999 - disconnect.millis()));
      before = disconnect.userId();
    }
  }

  /** Asks for the stamps from one second of the log to another. */
  void request(long number, long fromSecond, long toSecond) {
    write((byte) REQUEST);
    writeNumber(number);
    writeSecond(fromSecond);
    writeSecond(toSecond);
  }

  /** Offers to answer a request of a node. */
  void offer(long nodeId, long number) {
    write((byte) OFFER);
    writeLong(nodeId);
    writeNumber(number);
  }

  /** Says that all has been sent that a node has asked for. */
  void answered(long nodeId, long number) {
    write((byte) ANSWERED);
    writeLong(nodeId);
    writeNumber(number);
  }

  byte[] end() {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    int value = (int) checksum.getValue();
    for (int shift = 0; shift < 32; shift += 8) {
      write((byte) (value >>> shift));
    }
    return Arrays.copyOf(bytes, length);
  }

  private void writeSecond(long second) {
    long age = frameSecond - second;
    writeNumber((age << 1) ^ (age >> 63)); // it may lie ahead a little
  }

  private void writeLong(long value) {
    for (int shift = 0; shift < 64; shift += 8) {
      write((byte) (value >>> shift));
    }
  }

  private void writeNumber(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      write((byte) (rest | 0x80));
      rest >>>= 7;
    }
    write((byte) rest);
  }

  private void write(byte value) {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
    bytes[length++] = value;
  }
}
