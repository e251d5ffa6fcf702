package dev.presence.internal.replication;

import java.util.Arrays;

/**
 * The latest disconnect of each user who has disconnected of late: up to which second, of the
 * node's clock, heartbeats no longer count. A table with open addressing, because every heartbeat
 * that is not later than the latest tombstone is looked up. For one thread.
 */
final class Tombstones {

  /** The order of a disconnect at another node. */
  static final int FOREIGN = -1;

  private static final int SMALLEST = 1_024;

  private final int most;
  private long[] userIds = new long[SMALLEST];
  private long[] seconds = new long[SMALLEST]; // 0: free
  private int[] orders = new int[SMALLEST];
  private int size;
  private long latest;

  /**
   * An empty table.
   *
   * @param most how many users it holds at most, a power of two; those who left first give way
   */
  Tombstones(int most) {
    this.most = most;
  }

  int size() {
    return size;
  }

  /** The latest second of all; no heartbeat after it needs to be looked up. */
  long latest() {
    return latest;
  }

  /** The second of a user's tombstone, or 0 if there is none. */
  long secondOf(long userId) {
    return size == 0 ? 0 : seconds[indexOf(userId)];
  }

  /**
   * The order of the last disconnect at this node, or {@link #FOREIGN}. Only where there is a
   * tombstone.
   */
  int orderOf(long userId) {
    return orders[indexOf(userId)];
  }

  /**
   * Adds a tombstone unless there is one that covers it.
   *
   * @param order the order of a disconnect at this node, or {@link #FOREIGN}; the order of an
   *     earlier one at this node stays, because it still tells about heartbeats before that
   * @return whether it was added
   */
  boolean add(long userId, long second, int order) {
    int i = indexOf(userId);
    if (seconds[i] > second || (seconds[i] == second && order == FOREIGN)) {
      return false;
    }
    if (seconds[i] == 0) {
      if (2 * (size + 1) > seconds.length) {
        makeRoom();
        i = indexOf(userId);
      }
      size++;
      orders[i] = order;
    } else if (order != FOREIGN) {
      orders[i] = order;
    }
    userIds[i] = userId;
    seconds[i] = second;
    latest = Math.max(latest, second);
    return true;
  }

  /** Forgets those before a second. */
  void forgetBefore(long second) {
    rebuild(seconds.length, second);
  }

  /** Moves all seconds by as many, but none beyond a second: the node's clock was set. */
  void move(long by, long latestSecond) {
    for (int i = 0; i < seconds.length; i++) {
      if (seconds[i] != 0) {
        seconds[i] = Math.max(1, Math.min(seconds[i] + by, latestSecond));
      }
    }
    latest = Math.max(0, Math.min(latest + by, latestSecond));
  }

  private void clear() {
    rebuild(SMALLEST, Long.MAX_VALUE);
  }

  private void makeRoom() {
    if (seconds.length < 2 * most) {
      rebuild(2 * seconds.length, 0);
      return;
    }
    long[] sorted = seconds.clone();
    Arrays.sort(sorted);
    rebuild(seconds.length, sorted[sorted.length - most / 2]); // the later half stays
    if (2 * (size + 1) > seconds.length) {
      clear(); // all of one second
    }
  }

  private void rebuild(int capacity, long fromSecond) {
    long[] oldIds = userIds;
    long[] oldSeconds = seconds;
    int[] oldOrders = orders;
    userIds = new long[capacity];
    seconds = new long[capacity];
    orders = new int[capacity];
    size = 0;
    latest = 0;
    for (int i = 0; i < oldSeconds.length; i++) {
      if (oldSeconds[i] != 0 && oldSeconds[i] >= fromSecond) {
        add(oldIds[i], oldSeconds[i], oldOrders[i]);
      }
    }
  }

  /** Where a user is, or would be. */
  private int indexOf(long userId) {
    int mask = seconds.length - 1;
    int i = (int) ((userId * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (seconds[i] != 0 && userIds[i] != userId) {
      i = (i + 1) & mask;
    }
    return i;
  }
}
