package dev.presence.internal.store;

import java.util.Arrays;

/** Transitions in order, as many as need be. For one thread. */
public final class TransitionList {

  private static final int FIRST_CAPACITY = 1024;

  private long[] userIds = new long[FIRST_CAPACITY];
  private int[] stamps = new int[FIRST_CAPACITY];
  private boolean[] online = new boolean[FIRST_CAPACITY];
  private int size;
  private boolean isIncomplete;

  /** Makes room for so many more, so that adding them cannot fail. */
  public void ensureRoom(int more) {
    if (size + more > userIds.length) {
      int capacity = Math.max(size + more, 2 * userIds.length);
      userIds = Arrays.copyOf(userIds, capacity);
      stamps = Arrays.copyOf(stamps, capacity);
      online = Arrays.copyOf(online, capacity);
    }
  }

  /** Adds one, for which {@link #ensureRoom} has made room. */
  public void add(long userId, int stamp, boolean isOnline) {
    userIds[size] = userId;
    stamps[size] = stamp;
    online[size] = isOnline;
    size++;
  }

  /** Moves everything from a log to the end of this. Under the log's lock. */
  public void drain(TransitionLog log) {
    int count = log.count;
    if (count > 0) {
      ensureRoom(count);
      System.arraycopy(log.userIds, 0, userIds, size, count);
      System.arraycopy(log.stamps, 0, stamps, size, count);
      System.arraycopy(log.online, 0, online, size, count);
      log.count = 0;
      size += count;
    }
    if (log.hasOverflowed) {
      log.hasOverflowed = false;
      isIncomplete = true;
    }
  }

  public int size() {
    return size;
  }

  public long userId(int i) {
    return userIds[i];
  }

  /** The stamp with which the user came, or the last one before the user went. */
  public int stamp(int i) {
    return stamps[i];
  }

  /** Whether the user came; else the user went. */
  public boolean isOnline(int i) {
    return online[i];
  }

  /** Whether transitions are missing, somewhere. */
  public boolean isIncomplete() {
    return isIncomplete;
  }

  /** Empties it. */
  public void clear() {
    size = 0;
    isIncomplete = false;
  }
}
