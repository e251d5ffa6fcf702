package app;

import dev.presence.Presence;
import dev.presence.PresenceBuilder;
import dev.presence.PresenceFullException;
import dev.presence.PresenceStats;
import dev.presence.redis.RedisLog;

/** Names every public type, so that javac reads all their class files. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    checkThatLettuceIsMissed();
    PresenceBuilder builder = Presence.builder().maxUsers(10);
    try (Presence presence = builder.open()) {
      presence.recordHeartbeat(7);
      PresenceStats stats = presence.stats();
      if (stats.trackedUsers() != 1) {
        throw new IllegalStateException("the user must be tracked: stats=" + stats);
      }
    } catch (PresenceFullException e) {
      throw new IllegalStateException("one user must fit", e);
    }
  }

  private static void checkThatLettuceIsMissed() {
    RedisLog log;
    try {
      log = RedisLog.at("redis://localhost");
    } catch (IllegalStateException e) {
      return;
    }
    throw new IllegalStateException("Lettuce must not come with the library: log=" + log);
  }
}
