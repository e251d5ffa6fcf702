package dev.presence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Adds to {@link ModelPresence} who is told what, where the caller sweeps: who comes at the
 * heartbeat, who leaves at the disconnect or at the first sweep that is late enough. For one
 * thread.
 */
final class ModelTransitions extends ModelPresence {

  private final long goneAgeSeconds;
  private final long retentionSeconds;
  private final Set<Long> announced = new TreeSet<>();
  private final List<Told> subscriptions = new ArrayList<>();
  private boolean isTracking;

  /** Nobody with this stamp or an earlier one is announced after the last sweep. */
  private long horizon;

  ModelTransitions(
      ManualClock clock,
      long windowSeconds,
      long graceSeconds,
      long retentionSeconds,
      long maxUsers) {
    super(clock, windowSeconds, retentionSeconds, maxUsers);
    this.goneAgeSeconds = windowSeconds + graceSeconds;
    this.retentionSeconds = retentionSeconds;
  }

  /** What one subscription must have been told, user by user. */
  static final class Told {
    private final Set<Long> userIds;
    private boolean hasJoined;
    private boolean isClosed;
    private final Map<Long, List<String>> events = new TreeMap<>();

    Told(Set<Long> userIds) {
      this.userIds = userIds;
    }

    private void add(long userId, boolean online, long stamp) {
      if (userIds == null || userIds.contains(userId)) {
        events
            .computeIfAbsent(userId, id -> new ArrayList<>())
            .add((online ? "online " : "offline ") + stamp);
      }
    }

    void close() {
      isClosed = true;
      events.clear();
    }

    /** What has come since the last call of this. */
    Map<Long, List<String>> takeEvents() {
      Map<Long, List<String>> taken = new TreeMap<>(events);
      events.clear();
      return taken;
    }
  }

  /** Adds a subscription of these users, or of everybody. */
  Told subscribe(Set<Long> userIds) {
    Told told = new Told(userIds);
    subscriptions.add(told);
    return told;
  }

  @Override
  long sweep() {
    subscriptions.removeIf(told -> told.isClosed && told.hasJoined);
    long next = Math.max(nowSeconds() - goneAgeSeconds, FORGOTTEN);
    isTracking = !subscriptions.isEmpty();
    horizon = next;
    if (isTracking) {
      stamps().forEach((userId, stamp) -> announce(userId, stamp, stamp > horizon));
    } else {
      announced.clear();
    }
    for (Told told : subscriptions) {
      if (!told.hasJoined) {
        told.hasJoined = true;
        announced.forEach(userId -> told.add(userId, true, stamps().get(userId)));
      }
    }
    return super.sweep();
  }

  @Override
  long offlineStamp() {
    if (goneAgeSeconds >= retentionSeconds) {
      return FORGOTTEN;
    }
    long stamp = Math.max(nowSeconds() - goneAgeSeconds, FORGOTTEN);
    return isTracking ? Math.min(stamp, horizon) : stamp;
  }

  @Override
  void raised(long userId, long stamp) {
    if (isTracking && stamp > horizon) {
      announce(userId, stamp, true);
    }
  }

  @Override
  void gone(long userId, long stamp) {
    announce(userId, stamp, false);
  }

  private void announce(long userId, long stamp, boolean online) {
    if (online ? announced.add(userId) : announced.remove(userId)) {
      for (Told told : subscriptions) {
        if (told.hasJoined && !told.isClosed) {
          told.add(userId, online, stamp);
        }
      }
    }
  }
}
