package dev.presence.jmh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A Caffeine cache that forgets a user when the window has passed since the last heartbeat: whoever
 * is present is online. Sized in advance and without an upper limit. The stamp is kept too, so that
 * it could say when a user was last seen.
 */
final class CaffeineContender implements Contender {

  private final Cache<Long, Integer> stamps;
  private final SecondBox box;

  CaffeineContender(int users, BenchmarkClock clock) {
    this.stamps =
        Caffeine.newBuilder()
            .initialCapacity(users)
            .expireAfterWrite(Duration.ofSeconds(WINDOW_SECONDS))
            .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
            .build();
    this.box = new SecondBox(clock);
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

  // getAllPresent would build a map of the answers.
  @Override
  public void statusOf(long[] userIds, boolean[] online) {
    for (int i = 0; i < userIds.length; i++) {
      online[i] = stamps.getIfPresent(userIds[i]) != null;
    }
  }
}
