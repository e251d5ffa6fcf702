package dev.presence.jmh;

import dev.presence.Presence;
import java.time.Duration;

/**
 * Heartbeats, in batches of 100, of users who are offline and still known. Each run brings back the
 * next of all users. Before it, time jumps past the window, and the listeners are told that those
 * of the last run have gone; so each heartbeat is a comeback, and nobody is left to expire
 * meanwhile.
 */
final class Comebacks extends TransitionLoad {

  private static final int MOST_A_RUN = 20_000;
  private static final Duration RETENTION = Duration.ofDays(365); // nobody is removed

  private final long[] batch = new long[BATCH];
  private final int usersARun;
  private int first;
  private int end;

  Comebacks(int count) {
    super(Users.shuffled(count), Presence.builder().retention(RETENTION));
    usersARun = Math.min(MOST_A_RUN, count) / BATCH * BATCH;
    record(0, users.length);
    clock.advanceSeconds(Contender.WINDOW_SECONDS);
  }

  @Override
  long online(Audience audience) {
    return audience.followers(first, end);
  }

  @Override
  void prepare() {
    awaitTold();
    clock.advanceSeconds(Contender.WINDOW_SECONDS);
    first = end + usersARun <= users.length ? end : 0;
    end = first; // nobody is online
    awaitTold();
  }

  @Override
  int run() {
    int newEnd = first + usersARun;
    for (int start = first; start < newEnd; start += BATCH) {
      System.arraycopy(users, start, batch, 0, BATCH);
      presence.recordHeartbeats(batch);
    }
    end = newEnd;
    return usersARun;
  }
}
