package dev.presence.jmh.stores;

import dev.presence.jmh.Users;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * CPU that Redis takes for a heartbeat if each one is a command, or a member of one. The heartbeats
 * go out as kindly as can be: a thousand in a pipeline or a command.
 */
final class RivalBeats {

  private static final int BATCH = 1_000;

  private RivalBeats() {}

  /**
   * What was measured.
   *
   * @param redisMicrosPerBeat CPU of Redis
   * @param bytesPerUser of Redis' memory
   */
  record Result(double redisMicrosPerBeat, double bytesPerUser) {}

  /** Records everybody, and then again and again, as long as configured. */
  static Result measure(String address, StoreType type, ReplicationPlan plan) {
    StoreSettings settings = LoadedStore.settings(plan.users(), Connections.KEPT);
    try (RedisLink link = new RedisLink(type.name(), address, Connections.KEPT);
        PresenceStore store = type.open(address, settings)) {
      long second = System.currentTimeMillis() / 1_000;
      long[] users = Users.shuffled(plan.users());
      LoadedStore.load(store, users, second);
      double bytes = (double) store.bytesUsed() / plan.users();
      RedisUse before = RedisUse.now(link);
      long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(plan.seconds());
      long beats = 0;
      for (int from = 0; System.nanoTime() - endNanos < 0; beats += BATCH) {
        second += from == 0 ? 1 : 0;
        store.heartbeats(Arrays.copyOfRange(users, from, from + BATCH), second);
        from = from + 2 * BATCH > users.length ? 0 : from + BATCH;
      }
      double seconds = RedisUse.now(link).since(before).cpuSeconds();
      store.drop();
      return new Result(1e6 * seconds / beats, bytes);
    }
  }
}
