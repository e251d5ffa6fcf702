package dev.presence.internal.replication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A log behind a modelled network, in modelled time. The nodes hold one user in so many; each user
 * of a frame stands for {@code scale} users: the frame is charged with that many times its bytes,
 * and with the headers of as many frames as these would fill. Nothing else is multiplied: not the
 * round trips that every exchange takes, nor the frames' number below one for each sender.
 *
 * <p>What goes to the log, and what comes from it, waits for its turn on one line each way. For the
 * threads of one {@link ModelTime}, which run one at a time.
 */
public final class ModelLog {

  static final int FRAMES_A_REPLY = 64;

  /** Bytes of a frame but for its users: header, the beginning of one section, checksum. */
  private static final int FRAME_BYTES = 31;

  /** What the protocol of Redis puts around a frame, in each direction, about. */
  private static final int ENTRY_BYTES = 60;

  private final int scale;
  private final double nanosPerByte;
  private final long roundTripNanos;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private final Frame frame = new Frame();
  private long lastPosition;
  private long lineInNanos;
  private long lineOutNanos;
  private long bytesIn;
  private long bytesOut;
  private long usersIn;
  private long usersOut;
  private long timeouts;

  /** A frame with what it weighs. */
  static final class Entry {
    final byte[] bytes;
    final long users;
    final long frames;
    final long size;

    /** Where in the log, and since when, once it is there. */
    long position;

    long nanos;
    Object sender;

    private Entry(byte[] bytes, long users, long frames, long size) {
      this.bytes = bytes;
      this.users = users;
      this.frames = frames;
      this.size = size;
    }
  }

  /** What a session reads at once. */
  record Unread(List<byte[]> bytes, long users, long frames, long size, long last, boolean all) {}

  /**
   * An empty log.
   *
   * @param scale how many users one stands for
   * @param mbits of the log's line in each direction, in millions of bits a second
   * @param roundTripNanos without waiting for the line
   */
  public ModelLog(int scale, double mbits, long roundTripNanos) {
    this.scale = scale;
    this.nanosPerByte = 8_000 / mbits;
    this.roundTripNanos = roundTripNanos;
  }

  /** Bytes that nodes have sent, scaled. */
  public long bytesIn() {
    return bytesIn;
  }

  /** Bytes that nodes have read, scaled. */
  public long bytesOut() {
    return bytesOut;
  }

  /** Users that nodes have sent, scaled. */
  public long usersIn() {
    return usersIn;
  }

  /** Users of other nodes that nodes have read, scaled. */
  public long usersOut() {
    return usersOut;
  }

  /** How many exchanges took too long, so that a node gave up its connection. */
  public long timeouts() {
    return timeouts;
  }

  long roundTripNanos() {
    return roundTripNanos;
  }

  void noteTimeout() {
    timeouts++;
  }

  /** What a frame weighs; it is not in the log yet. */
  Entry weigh(byte[] bytes) {
    try {
      frame.read(bytes);
    } catch (BadFrameException e) {
      throw new IllegalStateException("nodes must write frames", e);
    }
    long users = (long) frame.size * scale;
    long frames = Math.max(1, parts(users, FrameWriter.LARGEST_COUNT));
    long content = (long) scale * Math.max(0, bytes.length - FRAME_BYTES);
    return new Entry(bytes, users, frames, frames * (FRAME_BYTES + ENTRY_BYTES) + content);
  }

  /** When so many bytes, that begin to be sent now, are at the log. */
  long lineIn(long nowNanos, long size) {
    bytesIn += size;
    lineInNanos = Math.max(lineInNanos, nowNanos) + (long) (size * nanosPerByte);
    return lineInNanos;
  }

  /** When so many bytes, that the log begins to send now, are on their way. */
  long lineOut(long nowNanos, long size) {
    bytesOut += size;
    lineOutNanos = Math.max(lineOutNanos, nowNanos) + (long) (size * nanosPerByte);
    return lineOutNanos;
  }

  void append(Entry weighed, Object sender, long nowNanos) {
    usersIn += weighed.users;
    weighed.position = ++lastPosition;
    weighed.nanos = nowNanos;
    weighed.sender = sender;
    entries.addLast(weighed);
  }

  void forgetBefore(long nanos) {
    while (!entries.isEmpty() && entries.getFirst().nanos < nanos) {
      entries.removeFirst();
    }
  }

  /** The next entries, at most as many frames as a reply holds, but one of this model's. */
  Unread after(long position, Object reader) {
    Deque<Entry> unread = new ArrayDeque<>();
    for (Iterator<Entry> back = entries.descendingIterator(); back.hasNext(); ) {
      Entry entry = back.next();
      if (entry.position <= position) {
        break;
      }
      unread.addFirst(entry);
    }
    List<byte[]> bytes = new ArrayList<>();
    long users = 0;
    long frames = 0;
    long size = 0;
    long last = position;
    for (Entry entry : unread) {
      if (frames > 0 && frames + entry.frames > FRAMES_A_REPLY) {
        break;
      }
      bytes.add(entry.bytes);
      users += entry.sender == reader ? 0 : entry.users; // a node passes over its own
      frames += entry.frames;
      size += entry.size;
      last = entry.position;
    }
    usersOut += users;
    return new Unread(bytes, users, frames, size, last, bytes.size() == unread.size());
  }

  /** How many parts of a size it takes, the last of them perhaps smaller. */
  static long parts(long all, int size) {
    return Math.floorDiv(all + size - 1, size);
  }
}
