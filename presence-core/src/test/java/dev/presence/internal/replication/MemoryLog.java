package dev.presence.internal.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A log in memory, for many nodes. It can be out of reach, and a {@link Trouble} can do to frames
 * what servers and networks do.
 */
public final class MemoryLog implements SharedLog {

  private static final int FRAMES_A_REPLY = 64;

  private final LongSupplier millis;
  private final Trouble trouble;
  private final List<Entry> entries = new ArrayList<>();
  private volatile boolean reachable = true;
  private long lastPosition;

  /** What happens to frames; nothing unless a method is overridden. */
  public interface Trouble {

    /** How often an appended frame is there: 0 loses it, 2 repeats it. */
    default int copies() {
      return 1;
    }

    /** How many places before the end of the log a frame lands. */
    default int placesBack() {
      return 0;
    }

    /** Whether an exchange fails, and when. */
    default Failure failure() {
      return Failure.NONE;
    }
  }

  /** When an exchange fails: before its frames are appended, or when they are. */
  public enum Failure {
    NONE,
    BEFORE,
    AFTER
  }

  private static final class Entry {
    final long millis;
    final byte[] frame;
    final long position;

    Entry(long millis, byte[] frame, long position) {
      this.millis = millis;
      this.frame = frame;
      this.position = position;
    }
  }

  /** A log without trouble, whose clock says this. */
  public MemoryLog(LongSupplier millis) {
    this(millis, new Trouble() {});
  }

  public MemoryLog(LongSupplier millis, Trouble trouble) {
    this.millis = millis;
    this.trouble = trouble;
  }

  public void setReachable(boolean reachable) {
    this.reachable = reachable;
  }

  /** Loses all frames, as a server does that starts anew. */
  public void clear() {
    synchronized (entries) {
      entries.clear();
    }
  }

  /** Loses the oldest frames, as a server does that is short of memory. */
  public void trim(int count) {
    synchronized (entries) {
      entries.subList(0, Math.min(count, entries.size())).clear();
    }
  }

  /** Appends whatever somebody else might. */
  public void append(byte[] anything) {
    synchronized (entries) {
      entries.add(new Entry(millis.getAsLong(), anything, ++lastPosition));
    }
  }

  /** The frames that are there now. */
  public List<byte[]> frames() {
    synchronized (entries) {
      return entries.stream().map(entry -> entry.frame).toList();
    }
  }

  @Override
  public LogSession connect(long timeoutNanos) throws LogException {
    checkReachable();
    return new Session();
  }

  private void checkReachable() throws LogException {
    if (!reachable) {
      throw new LogException("the log is out of reach");
    }
  }

  @Override
  public String toString() {
    return "memory";
  }

  private final class Session implements LogSession {

    private long read;

    @Override
    public LogReply exchange(List<byte[]> frames, long horizonMillis, long timeoutNanos)
        throws LogException {
      synchronized (entries) {
        return exchange(frames, horizonMillis);
      }
    }

    private LogReply exchange(List<byte[]> frames, long horizonMillis) throws LogException {
      checkReachable();
      Failure failure = trouble.failure();
      if (failure == Failure.BEFORE) {
        throw new LogException("the exchange failed");
      }
      frames.forEach(this::append);
      if (failure == Failure.AFTER) {
        throw new LogException("the answer is lost");
      }
      long now = millis.getAsLong();
      entries.removeIf(entry -> entry.millis < now - horizonMillis);
      List<byte[]> reply = new ArrayList<>();
      long bytes = 0;
      for (Entry entry : entries) {
        if (entry.position > read && reply.size() < FRAMES_A_REPLY) {
          reply.add(entry.frame);
          bytes += entry.frame.length;
          read = entry.position;
        }
      }
      boolean caughtUp = entries.isEmpty() || entries.get(entries.size() - 1).position <= read;
      return new LogReply(now, reply, 0, bytes, caughtUp);
    }

    /** A frame that lands further back was late: whoever is past that place still reads it. */
    private void append(byte[] frame) {
      for (int copy = trouble.copies(); copy > 0; copy--) {
        MemoryLog.this.append(frame);
        for (int back = trouble.placesBack(); back > 0 && entries.size() > 1; back--) {
          swapLast(Math.max(0, entries.size() - 1 - back));
        }
      }
    }

    private void swapLast(int at) {
      Entry last = entries.get(entries.size() - 1);
      Entry other = entries.get(at);
      if (other.position > read) {
        entries.set(entries.size() - 1, new Entry(last.millis, other.frame, last.position));
        entries.set(at, new Entry(other.millis, last.frame, other.position));
      }
    }

    @Override
    public void close() {}
  }
}
