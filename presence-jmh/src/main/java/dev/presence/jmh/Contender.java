package dev.presence.jmh;

import dev.presence.PresenceBuilder;
import java.util.Optional;
import java.util.function.LongToIntFunction;

/**
 * A way to keep "user id to last heartbeat" in one process, with the operations that all of them
 * have. Thread-safe unless {@link ContenderType#isThreadSafe} says otherwise.
 */
interface Contender extends AutoCloseable {

  /** The window that presence ships with, for all contenders. */
  int WINDOW_SECONDS = (int) PresenceBuilder.DEFAULT_ONLINE_WINDOW.toSeconds();

  /** Records that a user is seen now. */
  void heartbeat(long userId);

  /** Records that many users are seen now, and reads the clock once. */
  void heartbeats(long[] userIds);

  /** Whether the user's last heartbeat is younger than the window. */
  boolean isOnline(long userId);

  /** Writes the status of {@code userIds[i]} to {@code online[i]}, and reads the clock once. */
  void statusOf(long[] userIds, boolean[] online);

  /**
   * Where each user lies, for a contender that one thread should fill in the order of places,
   * because it is faster then; empty if all cores may fill it in any order.
   */
  default Optional<LongToIntFunction> fillingOrder() {
    return Optional.empty();
  }

  /** Prepares for being measured: called once, when all users are recorded. */
  default void settle() {}

  /** Bytes outside the Java heap, by the contender's own account; 0 for one on the heap. */
  default long offHeapBytes() {
    return 0;
  }

  @Override
  default void close() {}
}
