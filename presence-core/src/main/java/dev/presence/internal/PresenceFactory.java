package dev.presence.internal;

import dev.presence.Presence;
import dev.presence.internal.store.EpochClock;
import dev.presence.internal.store.StampStore;
import dev.presence.internal.sweep.Room;
import dev.presence.internal.sweep.Sweeper;
import dev.presence.internal.sweep.SweeperLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/**
 * The door from {@code dev.presence} to its implementation. Public for {@link
 * dev.presence.PresenceBuilder} alone; not part of the API.
 */
public final class PresenceFactory {

  private PresenceFactory() {}

  /**
   * Opens an instance; the builder has checked the values.
   *
   * @param name the name of the instance
   * @param onlineWindow the default window
   * @param retention how long a stamp is kept
   * @param maxUsers how many users must fit
   * @param sweepInterval the time of one pass, or zero for no thread
   * @param clock where the time comes from
   * @param threadFactory makes the sweeper's thread
   * @return an open instance
   */
  public static Presence open(
      String name,
      Duration onlineWindow,
      Duration retention,
      long maxUsers,
      Duration sweepInterval,
      InstantSource clock,
      ThreadFactory threadFactory) {
    EpochClock epochClock = new EpochClock(clock);
    StampStore store = StoreOpener.open(name, maxUsers, MemoryLimit.ofThisProcess(), epochClock);
    Sweeper sweeper =
        new Sweeper(store, epochClock, onlineWindow.toSeconds(), retention.toSeconds());
    Room room = new Room(store, sweeper, onlineWindow.toSeconds(), retention.toSeconds());
    LocalPresence presence =
        new LocalPresence(name, store, epochClock, sweeper, room, onlineWindow, retention);
    if (!sweepInterval.isZero()) {
      try {
        SweeperLoop loop =
            new SweeperLoop(sweeper, store::isClosed, epochClock, sweepInterval.toNanos());
        presence.startSweeper(newThread(threadFactory, loop));
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

  private static Thread newThread(ThreadFactory threadFactory, Runnable loop) {
    Thread thread = threadFactory.newThread(loop);
    if (thread == null) {
      throw new IllegalStateException(
          "threadFactory must make a thread: threadFactory=" + threadFactory);
    }
    return thread;
  }
}
