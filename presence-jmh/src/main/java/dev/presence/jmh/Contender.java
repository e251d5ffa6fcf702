package dev.presence.jmh;

import dev.presence.PresenceBuilder;

/**
 * What the benchmarks ask of every store: the part of presence that all of them can do. Safe for
 * use by many threads unless {@link Store} says otherwise.
 */
interface Contender extends AutoCloseable {

  /** The shipped window, the same for all. */
  int WINDOW_SECONDS = (int) PresenceBuilder.DEFAULT_ONLINE_WINDOW.toSeconds();

  /** Records one user as seen now. */
  void heartbeat(long userId);

  /** Records all of them as seen now, with one reading of the clock. */
  void heartbeats(long[] userIds);

  /** Whether the last heartbeat is younger than the window. */
  boolean isOnline(long userId);

  /**
   * Writes the status of {@code userIds[i]} to {@code online[i]}, with one reading of the clock.
   */
  void statusOf(long[] userIds, boolean[] online);

  /** The memory outside the Java heap that the store itself knows of; 0 if it has none. */
  default long offHeapBytes() {
    return 0;
  }

  @Override
  default void close() {}
}
