package dev.presence.internal;

/**
 * Goes the ways once, at open, on which a call of the application makes a lambda. The JVM links a
 * lambda where it is made for the first time; should the stack of that caller end meanwhile, the
 * JVM remembers the failure, and nobody could ever go that way again. Lambdas that cannot be made
 * here are made in constructors, and messages are put together without {@code invokedynamic}
 * (presence-core/pom.xml).
 */
final class Rehearsal {

  private static final long[] USERS = {1};

  private Rehearsal() {}

  /** The store is empty before and after, and nothing of this is counted. */
  static void run(StampStore store, EpochClock clock) {
    Sweeps sweeps = new Sweeps(store, clock, 1, 1);
    sweeps.pass(Stamp.FIRST, 1);
    new Room(store, sweeps, 1, 1).make(Stamp.FIRST, USERS, USERS.length);
    store.users().forgetStamps();
  }
}
