package dev.presence.internal.replication;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Disconnects that take effect some drains later, when it is known whether a heartbeat of the same
 * second came after them. If one did, the stamp lies above the tombstone by then, and nothing
 * happens. So nobody is offline for a moment who has just come back. For one thread.
 */
final class LateDisconnects {

  private final MirroredUsers users;
  private final Deque<Late> waiting = new ArrayDeque<>();

  /** How often each user waits. */
  private final Map<Long, Integer> counts = new HashMap<>();

  private long drains;

  /** A user with the second up to which heartbeats do not count, and when that takes effect. */
  private record Late(long userId, long second, long drain) {}

  LateDisconnects(MirroredUsers users) {
    this.users = users;
  }

  /**
   * Adds a disconnect.
   *
   * @param second up to which second, of this node, heartbeats do not count
   * @param drainsToWait after how many drains it takes effect, at the least
   */
  void add(long userId, long second, int drainsToWait) {
    waiting.addLast(new Late(userId, second, drains + drainsToWait));
    counts.merge(userId, 1, Integer::sum);
  }

  /** At the end of a drain, when all heartbeats are known that came before it. */
  void drained(long nowSeconds) {
    drains++;
    while (!waiting.isEmpty() && waiting.getFirst().drain() <= drains) {
      Late first = waiting.removeFirst();
      counts.computeIfPresent(first.userId(), (userId, count) -> count == 1 ? null : count - 1);
      users.disconnect(first.userId(), (int) first.second(), nowSeconds);
    }
  }

  boolean isWaiting(long userId) {
    return counts.containsKey(userId);
  }

  /** Hands on all that have not taken effect. */
  void forEach(UserAndSecond action) {
    waiting.forEach(user -> action.accept(user.userId(), user.second()));
  }

  /** Takes a user and the second of a disconnect. */
  interface UserAndSecond {
    void accept(long userId, long second);
  }

  void clear() {
    waiting.clear();
    counts.clear();
  }
}
