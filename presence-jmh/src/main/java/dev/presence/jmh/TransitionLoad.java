package dev.presence.jmh;

import dev.presence.Presence;
import dev.presence.PresenceBuilder;

/**
 * Heartbeats of one kind, over an instance whose subscriptions come and go: the memory stays the
 * same, and so does everything else. Time moves by the load's own rule.
 */
abstract class TransitionLoad implements AutoCloseable {

  static final int BATCH = 100;

  private static final int CHUNK = 1_000;

  final BenchmarkClock clock = new BenchmarkClock();
  final Presence presence;

  /** Those who take part, some of whom may be offline. */
  final long[] users;

  private Audience audience;

  TransitionLoad(long[] users, PresenceBuilder builder) {
    this.users = users;
    this.presence = TransitionStore.open(builder.maxUsers(users.length).clock(clock));
    this.audience = new Audience(Subscribers.NOBODY, presence, users);
  }

  /** Closes all subscriptions, opens others, and returns when they have been told who is online. */
  final void listen(Subscribers subscribers) {
    audience.close();
    audience = new Audience(subscribers, presence, users);
    awaitTold();
  }

  /** Returns when the listeners have been told everything. */
  final void awaitTold() {
    audience.awaitOnline(online(audience));
  }

  /** How many users an audience counts as online once it has been told. */
  abstract long online(Audience audience);

  /** Makes ready for {@link #run}. Not measured. */
  abstract void prepare();

  /**
   * Makes the calls.
   *
   * @return how many users have beaten
   */
  abstract int run();

  /** Records the users at these positions. */
  final void record(int first, int end) {
    long[] chunk = new long[CHUNK];
    for (int start = first; start < end; start += CHUNK) {
      for (int i = 0; i < CHUNK; i++) {
        chunk[i] = users[Math.min(start + i, end - 1)];
      }
      presence.recordHeartbeats(chunk);
    }
  }

  @Override
  public final void close() {
    audience.close();
    presence.close();
  }
}
