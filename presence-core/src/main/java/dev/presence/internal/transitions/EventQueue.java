package dev.presence.internal.transitions;

import java.util.Arrays;

/**
 * What waits for one listener. Bounded, and small until more waits. The dispatcher adds, the
 * listener's executor takes.
 */
final class EventQueue {

  static final byte ONLINE = 1;
  static final byte OFFLINE = 2;
  static final byte RESYNC = 3;

  private static final int FIRST_CAPACITY = 16;

  /** An empty queue gives back more than this. */
  private static final int KEPT_CAPACITY = 1 << 12;

  private final int limit;

  // Guarded by this.
  private long[] userIds;
  private int[] stamps;
  private byte[] kinds;
  private int[] addedMillis; // wraps around after weeks
  private int head;
  private volatile int size; // read elsewhere without the lock
  private boolean isClosed;

  EventQueue(int limit) {
    this.limit = limit;
    reset();
  }

  private void reset() {
    userIds = new long[FIRST_CAPACITY];
    stamps = new int[FIRST_CAPACITY];
    kinds = new byte[FIRST_CAPACITY];
    addedMillis = new int[FIRST_CAPACITY];
    head = 0;
  }

  /** One event, taken out. */
  static final class Event {
    byte kind;
    long userId;
    int stamp;
  }

  /** Returns false if there is no room. Does nothing once closed. */
  synchronized boolean add(byte kind, long userId, int stamp, int nowMillis) {
    if (isClosed) {
      return true;
    }
    if (size == limit) {
      return false;
    }
    if (size == userIds.length) {
      grow();
    }
    int tail = (head + size) % userIds.length;
    userIds[tail] = userId;
    stamps[tail] = stamp;
    kinds[tail] = kind;
    addedMillis[tail] = nowMillis;
    size++;
    return true;
  }

  private void grow() {
    int capacity = (int) Math.min(2L * userIds.length, limit);
    long[] moreUserIds = Arrays.copyOf(userIds, capacity);
    int[] moreStamps = Arrays.copyOf(stamps, capacity);
    byte[] moreKinds = Arrays.copyOf(kinds, capacity);
    int[] moreMillis = Arrays.copyOf(addedMillis, capacity);
    for (int i = 0; i < size; i++) {
      int from = (head + i) % userIds.length;
      moreUserIds[i] = userIds[from];
      moreStamps[i] = stamps[from];
      moreKinds[i] = kinds[from];
      moreMillis[i] = addedMillis[from];
    }
    userIds = moreUserIds;
    stamps = moreStamps;
    kinds = moreKinds;
    addedMillis = moreMillis;
    head = 0;
  }

  /** Returns false if there is none. */
  synchronized boolean take(Event into) {
    if (size == 0) {
      return false;
    }
    into.kind = kinds[head];
    into.userId = userIds[head];
    into.stamp = stamps[head];
    head = (head + 1) % userIds.length;
    size--;
    if (size == 0 && userIds.length > KEPT_CAPACITY) {
      reset();
    }
    return true;
  }

  /** Drops what waits and what is still to come: nothing may follow a gap. */
  synchronized void close() {
    isClosed = true;
    size = 0;
  }

  int size() {
    return size;
  }

  int room() {
    return limit - size;
  }

  int limit() {
    return limit;
  }

  /** How long the oldest event has waited; 0 if there is none. */
  synchronized int oldestMillis(int nowMillis) {
    return size == 0 ? 0 : nowMillis - addedMillis[head];
  }
}
