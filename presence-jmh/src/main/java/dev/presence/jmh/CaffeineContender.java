package dev.presence.jmh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongToIntFunction;

/**
 * A Caffeine cache that drops a user when the window has passed since the last heartbeat: everybody
 * in it is online. It is sized in advance and has no upper limit, and is filled in the order of the
 * {@code ConcurrentHashMap} inside it. Its upkeep runs on the common pool, as it ships: on the
 * other core, outside the measured calls. The value is the stamp, so that it could tell when a user
 * was last seen.
 */
final class CaffeineContender implements Contender {

  private final Cache<Long, Integer> stamps;
  private final SecondBox box;
  private final LongToIntFunction order;

  CaffeineContender(int users, BenchmarkClock clock) {
    this.stamps =
        Caffeine.newBuilder()
            .initialCapacity(users)
            .expireAfterWrite(Duration.ofSeconds(WINDOW_SECONDS))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
    this.box = new SecondBox(clock);
    this.order = TableOrder.of(users);
  }

  @Override
  public Optional<LongToIntFunction> fillingOrder() {
    return Optional.of(order);
  }

  @Override
  public void heartbeat(long userId) {
    stamps.put(userId, box.now());
  }

  @Override
  public void heartbeats(long[] userIds) {
    Integer now = box.now();
    for (long userId : userIds) {
      stamps.put(userId, now);
    }
  }

  @Override
  public boolean isOnline(long userId) {
    return stamps.getIfPresent(userId) != null;
  }

  // getAllPresent would build a map of the answers, which costs more.
  @Override
  public void statusOf(long[] userIds, boolean[] online) {
    for (int i = 0; i < userIds.length; i++) {
      online[i] = stamps.getIfPresent(userIds[i]) != null;
    }
  }
}
