package dev.presence;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the contract says, word for word, on a plain {@code HashMap}. For one thread. */
final class ModelPresence {

  private static final long FORGOTTEN = 0;

  private final Map<Long, Long> stamps = new HashMap<>();
  private final ManualClock clock;
  private final long window;
  private final long retention;
  private final long maxUsers;
  long swept;
  long rejected;

  ModelPresence(ManualClock clock, long window, long retention, long maxUsers) {
    this.clock = clock;
    this.window = window;
    this.retention = retention;
    this.maxUsers = maxUsers;
  }

  long now() {
    return Math.min(Math.max(clock.now(), 1), 4_294_967_295L);
  }

  /** Returns how many heartbeats are refused. */
  long recordHeartbeats(long... userIds) {
    long[] noRoom = new long[userIds.length];
    int count = 0;
    for (long userId : userIds) {
      if (!record(userId, now())) {
        noRoom[count++] = userId;
      }
    }
    if (count == 0) {
      return 0;
    }
    makeRoom();
    long refused = 0;
    for (int i = 0; i < count; i++) {
      if (!record(noRoom[i], now())) {
        refused++;
      }
    }
    rejected += refused;
    return refused;
  }

  long recordHeartbeat(long userId, long epochSecond) {
    long stamp = Math.min(epochSecond, now());
    if (now() - stamp >= retention) {
      return 0;
    }
    if (record(userId, stamp)) {
      return 0;
    }
    makeRoom();
    if (record(userId, stamp)) {
      return 0;
    }
    rejected++;
    return 1;
  }

  private boolean record(long userId, long stamp) {
    if (!stamps.containsKey(userId) && stamps.size() >= maxUsers) {
      return false;
    }
    stamps.merge(userId, stamp, Math::max);
    return true;
  }

  void disconnect(long userId) {
    long stamp = retention == window ? FORGOTTEN : Math.max(now() - window, FORGOTTEN);
    stamps.computeIfPresent(userId, (id, stored) -> Math.min(stored, stamp));
  }

  boolean isOnline(long userId, long seconds) {
    Long stamp = stamps.get(userId);
    return stamp != null && isYounger(stamp, seconds);
  }

  long lastSeen(long userId) {
    return isOnline(userId, retention) ? stamps.get(userId) : Presence.NEVER;
  }

  Set<Long> online() {
    Set<Long> users = new TreeSet<>();
    stamps.forEach(
        (userId, stamp) -> {
          if (isYounger(stamp, window)) {
            users.add(userId);
          }
        });
    return users;
  }

  long sweep() {
    long removed = remove(retention);
    stamps.replaceAll((userId, stamp) -> stamp - now() > window ? now() : stamp);
    return removed;
  }

  /**
   * Who has expired goes, or else who has been offline the longest, to an eighth of a power of 2.
   */
  private void makeRoom() {
    if (remove(retention) > 0) {
      return;
    }
    long oldest = stamps.values().stream().mapToLong(stamp -> now() - stamp).max().orElse(0);
    if (oldest >= window) {
      long unit = Math.max(1, Long.highestOneBit(oldest) / 8);
      remove(Math.max(window, oldest / unit * unit));
    }
  }

  private long remove(long age) {
    long before = stamps.size();
    stamps.values().removeIf(stamp -> !isYounger(stamp, age));
    long removed = before - stamps.size();
    swept += removed;
    return removed;
  }

  long trackedUsers() {
    return stamps.size();
  }

  private boolean isYounger(long stamp, long seconds) {
    return stamp != FORGOTTEN && now() - stamp < seconds;
  }
}
