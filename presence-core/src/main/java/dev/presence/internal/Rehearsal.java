package dev.presence.internal;

import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.Stamp;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.sweep.Room;
import dev.presence.internal.sweep.Sweeper;

/**
 * Runs once, at open, each path on which a call of the application makes a lambda. The JVM links a
 * lambda where it is first made. If the stack of that caller ends meanwhile, the JVM remembers the
 * failure, and no thread can ever take that path again. Lambdas that cannot be made here are made
 * in constructors, and messages are put together without {@code invokedynamic}
 * (presence-core/pom.xml).
 */
final class Rehearsal {

  private static final long[] USERS = {1};

  private Rehearsal() {}

  /** The store is a sample, empty before and after. */
  static void run(StampStore sample, EpochClock clock) {
    Sweeper sweeper = new Sweeper(sample, clock, 1, 1);
    sweeper.pass(Stamp.FIRST, 1);
    new Room(sample, sweeper, 1, 1).make(Stamp.FIRST, USERS);
  }
}
