package dev.presence.internal.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A frame that was read; reused for the next one. {@link #read} takes in all of a frame or throws:
 * nobody sees half of one.
 */
final class Frame {

  private static final int HEADER_BYTES = 3 + 8 + 1 + 8;

  long nodeId;
  long number;
  long logMillis;

  /** How many heartbeats and stamps there are. */
  int size;

  final long[] userIds = new long[FrameWriter.LARGEST_COUNT];

  /** The second of each, of the log. */
  final long[] seconds = new long[FrameWriter.LARGEST_COUNT];

  final List<Disconnect> disconnects = new ArrayList<>();
  final List<Request> requests = new ArrayList<>();
  final List<Answer> offers = new ArrayList<>();
  final List<Answer> answered = new ArrayList<>();

  private byte[] bytes;
  private int position;
  private int end;
  private long frameSecond;

  /** Asks for the stamps from one second of the log to another. */
  record Request(long number, long fromSecond, long toSecond) {}

  /** Concerns a request of a node. */
  record Answer(long nodeId, long number) {}

  /**
   * Reads a frame.
   *
   * @throws BadFrameException if it is none
   */
  void read(byte[] from) throws BadFrameException {
    begin(from);
    while (position < end) {
      switch (next()) {
        case FrameWriter.BEATS -> readBeats();
        case FrameWriter.STAMPS -> readStamps();
        case FrameWriter.DISCONNECTS -> readDisconnects();
        case FrameWriter.REQUEST -> requests.add(new Request(number(), second(), second()));
        case FrameWriter.OFFER -> offers.add(new Answer(fixed(), number()));
        case FrameWriter.ANSWERED -> answered.add(new Answer(fixed(), number()));
        default -> throw bad("a section is unknown");
      }
    }
  }

  private void begin(byte[] from) throws BadFrameException {
    bytes = from;
    position = 0;
    end = from.length - FrameWriter.CHECKSUM_BYTES;
    size = 0;
    disconnects.clear();
    requests.clear();
    offers.clear();
    answered.clear();
    if (end < HEADER_BYTES || from.length > LogReply.LARGEST_FRAME) {
      throw bad("the length is none of a frame");
    }
    if (next() != (FrameWriter.MAGIC_1 & 0xFF) || next() != FrameWriter.MAGIC_2) {
      throw bad("the beginning is none of a frame");
    }
    int version = next();
    CRC32C checksum = new CRC32C();
    checksum.update(from, 0, end);
    if ((int) checksum.getValue() != checksumAt(end)) {
      throw bad("the checksum is wrong");
    }
    if (version != FrameWriter.VERSION) {
      throw new BadFrameException(
          "the version is unknown: version=" + version, version > FrameWriter.VERSION);
    }
    nodeId = fixed();
    number = number();
    logMillis = fixed();
    frameSecond = Math.floorDiv(logMillis, 1_000L);
  }

  private void readBeats() throws BadFrameException {
    int to = size + count(FrameWriter.LARGEST_COUNT - size);
    long second = second();
    long userId = 0;
    while (size < to) {
      userId += number();
      userIds[size] = userId;
      seconds[size++] = second;
    }
  }

  private void readStamps() throws BadFrameException {
    int to = size + count(FrameWriter.LARGEST_COUNT - size);
    long userId = 0;
    while (size < to) {
      userId += number();
      userIds[size] = userId;
      seconds[size++] = second();
    }
  }

  private void readDisconnects() throws BadFrameException {
    int count = count(FrameWriter.LARGEST_COUNT - disconnects.size());
    long userId = 0;
    for (int i = 0; i < count; i++) {
      userId += number();
      long second = second();
      disconnects.add(new Disconnect(userId, second, frameSecond * 1_000 + 999 - number()));
    }
  }

  private int count(int most) throws BadFrameException {
    long count = number();
    if (count < 0 || count > most) {
      throw bad("there are more users than a frame has");
    }
    return (int) count;
  }

  private long second() throws BadFrameException {
    long folded = number();
    return frameSecond - ((folded >>> 1) ^ -(folded & 1));
  }

  private long number() throws BadFrameException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int part = next();
      value |= (long) (part & 0x7F) << shift;
      if (part < 0x80) {
        return value;
      }
    }
    throw bad("a number is too long");
  }

  private long fixed() throws BadFrameException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      value |= (long) next() << shift;
    }
    return value;
  }

  private int next() throws BadFrameException {
    if (position >= end) {
      throw bad("the frame ends early");
    }
    return bytes[position++] & 0xFF;
  }

  private int checksumAt(int at) {
    int value = 0;
    for (int i = 3; i >= 0; i--) {
      value = (value << 8) | (bytes[at + i] & 0xFF);
    }
    return value;
  }

  private static BadFrameException bad(String message) {
    return new BadFrameException(message, false);
  }
}
