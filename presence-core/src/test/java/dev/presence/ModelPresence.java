package dev.presence;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The contract of {@link Presence}, word for word, on a plain {@code HashMap}. For one thread. */
class ModelPresence {

  static final long FORGOTTEN = 0;

  private final Map<Long, Long> stamps = new HashMap<>();
  private final ManualClock clock;
  private final long windowSeconds;
  private final long retentionSeconds;
  private final long maxUsers;
  long swept;
  long rejected;

  ModelPresence(ManualClock clock, long windowSeconds, long retentionSeconds, long maxUsers) {
    this.clock = clock;
    this.windowSeconds = windowSeconds;
    this.retentionSeconds = retentionSeconds;
    this.maxUsers = maxUsers;
  }

  long nowSeconds() {
    return Math.min(Math.max(clock.nowSeconds(), 1), 4_294_967_295L);
  }

  /** Returns how many heartbeats it refuses. */
  long recordHeartbeats(long... userIds) {
    long[] noRoom = new long[userIds.length];
    int count = 0;
    for (long userId : userIds) {
      if (!record(userId, nowSeconds())) {
        noRoom[count++] = userId;
      }
    }
    if (count == 0) {
      return 0;
    }
    makeRoom();
    long refused = 0;
    for (int i = 0; i < count; i++) {
      if (!record(noRoom[i], nowSeconds())) {
        refused++;
      }
    }
    rejected += refused;
    return refused;
  }

  long recordHeartbeat(long userId, long epochSecond) {
    long stamp = Math.min(epochSecond, nowSeconds());
    if (nowSeconds() - stamp >= retentionSeconds) {
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
    raised(userId, stamps.merge(userId, stamp, Math::max));
    return true;
  }

  void disconnect(long userId) {
    Long stored = stamps.get(userId);
    if (stored != null) {
      stamps.put(userId, Math.min(stored, offlineStamp()));
      gone(userId, stored);
    }
  }

  /** The latest stamp that a disconnect leaves. */
  long offlineStamp() {
    return retentionSeconds == windowSeconds
        ? FORGOTTEN
        : Math.max(nowSeconds() - windowSeconds, FORGOTTEN);
  }

  /** A heartbeat has left this stamp. */
  void raised(long userId, long stamp) {}

  /** A user who had this stamp has disconnected or is removed. */
  void gone(long userId, long stamp) {}

  boolean isOnline(long userId, long ageSeconds) {
    Long stamp = stamps.get(userId);
    return stamp != null && isYounger(stamp, ageSeconds);
  }

  long lastSeen(long userId) {
    return isOnline(userId, retentionSeconds) ? stamps.get(userId) : Presence.NEVER;
  }

  Set<Long> online() {
    Set<Long> users = new TreeSet<>();
    stamps.forEach(
        (userId, stamp) -> {
          if (isYounger(stamp, windowSeconds)) {
            users.add(userId);
          }
        });
    return users;
  }

  long sweep() {
    long removed = remove(retentionSeconds);
    stamps.replaceAll(
        (userId, stamp) -> stamp - nowSeconds() > windowSeconds ? nowSeconds() : stamp);
    return removed;
  }

  /**
   * Removes the expired users or, if there are none, the users offline the longest: those in the
   * oldest age class, which is an eighth of a power of two wide.
   */
  private void makeRoom() {
    if (remove(retentionSeconds) > 0) {
      return;
    }
    long oldestSeconds =
        stamps.values().stream().mapToLong(stamp -> nowSeconds() - stamp).max().orElse(0);
    if (oldestSeconds >= windowSeconds) {
      long unitSeconds = Math.max(1, Long.highestOneBit(oldestSeconds) / 8);
      remove(Math.max(windowSeconds, oldestSeconds / unitSeconds * unitSeconds));
    }
  }

  private long remove(long ageSeconds) {
    Map<Long, Long> old = new TreeMap<>(stamps);
    old.values().removeIf(stamp -> isYounger(stamp, ageSeconds));
    old.forEach(this::gone);
    stamps.keySet().removeAll(old.keySet());
    long removed = old.size();
    swept += removed;
    return removed;
  }

  long trackedUsers() {
    return stamps.size();
  }

  /** Who is tracked, and the stamp of each. */
  Map<Long, Long> stamps() {
    return stamps;
  }

  private boolean isYounger(long stamp, long ageSeconds) {
    return stamp != FORGOTTEN && nowSeconds() - stamp < ageSeconds;
  }
}
