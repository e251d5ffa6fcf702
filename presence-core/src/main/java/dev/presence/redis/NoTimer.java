package dev.presence.redis;

import io.netty.util.Timeout;
import io.netty.util.Timer;
import io.netty.util.TimerTask;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Never lets a time-out of the client come, and has no thread that ticks for it: whoever waits for
 * the client has a deadline of its own, and closes everything when that has passed.
 */
final class NoTimer implements Timer {

  static final NoTimer INSTANCE = new NoTimer();

  private NoTimer() {}

  @Override
  public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
    return new Never(task);
  }

  @Override
  public Set<Timeout> stop() {
    return Set.of();
  }

  private record Never(TimerTask task) implements Timeout {

    @Override
    public Timer timer() {
      return INSTANCE;
    }

    @Override
    public boolean isExpired() {
      return false;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public boolean cancel() {
      return true;
    }
  }
}
