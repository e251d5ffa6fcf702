package dev.presence.jmh;

import dev.presence.Presence;

/**
 * Heartbeats of users who are not known, one by one, beside many who are online. Before each run
 * those of the last one disconnect and are swept, which frees their places.
 */
final class NewUsers extends TransitionLoad {

  private static final int MOST_A_RUN = 20_000;

  /** So many sets take turns, so that what one leaves in the caches is gone when it is next. */
  private static final int SETS = 10;

  private final int knownUsers;
  private final int usersARun;
  private int first;
  private int end;

  NewUsers(int count) {
    super(Users.shuffled(count + SETS * usersARun(count)), Presence.builder());
    knownUsers = count;
    usersARun = usersARun(count);
    first = knownUsers;
    end = knownUsers;
    record(0, knownUsers);
  }

  private static int usersARun(int count) {
    return Math.min(MOST_A_RUN, count);
  }

  @Override
  long online(Audience audience) {
    return audience.followers(0, knownUsers) + audience.followers(first, end);
  }

  @Override
  void prepare() {
    awaitTold();
    for (int i = first; i < end; i++) {
      presence.disconnect(users[i]);
    }
    long unused = presence.sweep();
    if (presence.stats().trackedUsers() != knownUsers) {
      throw new IllegalStateException(
          "the new users of the last run must be gone: trackedUsers="
              + presence.stats().trackedUsers());
    }
    first = end + usersARun <= users.length ? end : knownUsers;
    end = first;
    awaitTold();
  }

  @Override
  int run() {
    int newEnd = first + usersARun;
    for (int i = first; i < newEnd; i++) {
      presence.recordHeartbeat(users[i]);
    }
    end = newEnd;
    return usersARun;
  }
}
