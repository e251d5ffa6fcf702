package dev.presence.internal;

import dev.presence.PresenceListener;
import dev.presence.PresenceSubscription;
import dev.presence.internal.jfr.Recorder;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.sweep.Room;
import dev.presence.internal.sweep.Sweeper;
import dev.presence.internal.transitions.Transitions;
import java.time.Instant;

/**
 * Runs once, at open, each path on which a call of the application makes a lambda. The JVM links a
 * lambda where it is first made. If the stack of that caller ends meanwhile, the JVM remembers the
 * failure, and no thread can ever take that path again. Lambdas that cannot be made here are made
 * in constructors, and messages are put together without {@code invokedynamic}
 * (presence-core/pom.xml).
 */
final class Rehearsal {

  private static final long[] USERS = {1};
  private static final int SECOND = 10;

  private Rehearsal() {}

  /** The store is a sample, empty before and after. */
  static void run(StampStore sample, EpochClock clock) {
    Sweeper sweeper = new Sweeper(sample, clock, 1, 1, Recorder.none());
    new Room(sample, sweeper, 1, 1).make(Stamp.FIRST, USERS);
    listen(sample);
    sweeper.pass(Stamp.FIRST);
  }

  /** Loads classes, too: for one that fails to load at the end of a stack the same holds. */
  private static void listen(StampStore sample) {
    EpochClock clock = new EpochClock(() -> Instant.ofEpochSecond(SECOND));
    Transitions transitions =
        new Transitions("rehearsal", sample, clock, 1, 0, 1, false, Recorder.none());
    PresenceSubscription everybody = transitions.subscribe(null, new Deaf(), Runnable::run);
    PresenceSubscription some = transitions.subscribe(USERS, new Deaf(), Runnable::run);
    transitions.dispatch();
    sample.raise(USERS[0], SECOND);
    transitions.dispatch();
    sample.forget(USERS[0]);
    transitions.dispatch();
    transitions.deliver();
    everybody.close();
    some.close();
    transitions.dispatch();
    transitions.close();
  }

  private static final class Deaf implements PresenceListener {

    @Override
    public void onOnline(long userId, long epochSecond) {}

    @Override
    public void onOffline(long userId, long lastSeenEpochSecond) {}
  }
}
