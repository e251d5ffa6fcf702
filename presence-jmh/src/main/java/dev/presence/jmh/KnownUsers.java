package dev.presence.jmh;

import dev.presence.Presence;

/**
 * Heartbeats of users who are online, in random order, each of which has a later stamp to write.
 */
final class KnownUsers extends TransitionLoad {

  private static final int USERS_A_RUN = 1_000;

  private final Rounds rounds = Rounds.advancing(clock, users, 0, 1);
  private final long[] batch;

  /**
   * Records all users.
   *
   * @param inBatches whether a hundred beat at once; else each by itself
   */
  KnownUsers(int count, boolean inBatches) {
    super(Users.shuffled(count), Presence.builder());
    batch = inBatches ? new long[BATCH] : null;
    record(0, users.length);
    clock.advanceSeconds(1); // the first round, too, has something to write
  }

  @Override
  long online(Audience audience) {
    return audience.followers(0, users.length);
  }

  @Override
  void prepare() {}

  @Override
  int run() {
    if (batch == null) {
      for (int i = 0; i < USERS_A_RUN; i++) {
        presence.recordHeartbeat(rounds.nextUser());
      }
    } else {
      for (int i = 0; i < USERS_A_RUN; i += BATCH) {
        presence.recordHeartbeats(rounds.next(batch));
      }
    }
    return USERS_A_RUN;
  }
}
