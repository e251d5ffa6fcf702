package dev.presence.internal;

import dev.presence.Presence;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/**
 * The bridge from {@code dev.presence} to what implements it. Public for {@link
 * dev.presence.PresenceBuilder} alone, and not part of the API.
 */
public final class PresenceFactory {

  /** The system property that can turn the lock-free paths off. */
  static final String STORE_PROPERTY = "dev.presence.store";

  /** The value of {@link #STORE_PROPERTY} with which everything goes through Chronicle's API. */
  static final String LOCKED = "locked";

  private PresenceFactory() {}

  /**
   * Puts a store together; the builder has checked the values.
   *
   * @param onlineWindow the default window
   * @param retention how long a stamp is kept
   * @param maxUsers how many users must fit
   * @param sweepInterval the time of one pass, or zero for no thread
   * @param clock where the time comes from
   * @param threadFactory makes the sweeper's thread
   * @return an open store
   */
  public static Presence open(
      Duration onlineWindow,
      Duration retention,
      long maxUsers,
      Duration sweepInterval,
      InstantSource clock,
      ThreadFactory threadFactory) {
    StampStore store = openStore(maxUsers, MemoryLimit.ofThisProcess());
    EpochClock seconds = new EpochClock(clock);
    rehearse(store, seconds);
    Sweeps sweeps = new Sweeps(store, seconds, onlineWindow.toSeconds(), retention.toSeconds());
    Room room = new Room(store, sweeps, onlineWindow.toSeconds(), retention.toSeconds());
    LocalPresence presence =
        new LocalPresence(store, seconds, sweeps, room, onlineWindow, retention);
    if (!sweepInterval.isZero()) {
      try {
        presence.startSweeper(
            newThread(
                threadFactory,
                new Sweeper(
                    sweeps,
                    store::isClosed,
                    seconds,
                    sweepInterval.toNanos(),
                    Sweeper.Pace.SYSTEM)));
      } catch (Throwable e) {
        presence.close();
        throw e;
      }
    }
    return presence;
  }

  /**
   * Checks a window or a retention.
   *
   * @param name what the builder calls it
   * @param value the value to check
   * @throws NullPointerException if {@code value} is null
   * @throws IllegalArgumentException if it is less than a second or not whole seconds
   */
  public static void checkSeconds(String name, Duration value) {
    Arguments.checkSeconds(name, value);
  }

  static StampStore openStore(long maxUsers, MemoryLimit limit) {
    try {
      return openAndTry(maxUsers, limit);
    } catch (LinkageError e) {
      throw ChronicleVersions.misfit(e);
    }
  }

  private static StampStore openAndTry(long maxUsers, MemoryLimit limit) {
    ChronicleStartup.ensure();
    ChronicleStore store = ChronicleStore.open(maxUsers);
    try {
      limit.warnIfBelow(store.offHeapBytes());
      StoreTrial.run(store);
      return LOCKED.equals(System.getProperty(STORE_PROPERTY)) ? store : LockFreeStore.over(store);
    } catch (Throwable e) {
      closeAfter(e, store);
      throw e;
    }
  }

  private static void rehearse(StampStore store, EpochClock clock) {
    try {
      Rehearsal.run(store, clock);
    } catch (Throwable e) {
      closeAfter(e, store);
      throw e;
    }
  }

  /** What fails to link at first may fail again at close. */
  private static void closeAfter(Throwable failure, StampStore store) {
    try {
      store.close();
    } catch (Throwable e) {
      failure.addSuppressed(e);
    }
  }

  private static Thread newThread(ThreadFactory threadFactory, Runnable sweeper) {
    Thread thread = threadFactory.newThread(sweeper);
    if (thread == null) {
      throw new IllegalStateException(
          "threadFactory must make a thread: threadFactory=" + threadFactory);
    }
    return thread;
  }
}
