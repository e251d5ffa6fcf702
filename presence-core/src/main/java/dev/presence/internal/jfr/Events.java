package dev.presence.internal.jfr;

/**
 * What happens in one instance, told to whoever records it. Costs the reading of a field while
 * nobody does. Safe for use by any number of threads; what has begun belongs to one of them.
 */
public interface Events {

  /** An instance begins to open. */
  Opening opening();

  /** A full pass of the sweeper begins. */
  Sweeping sweeping();

  /** A snapshot begins. */
  Writing writing();

  /**
   * Heartbeats were refused because there was no room. Told at most once a second, because a full
   * store may refuse many thousands in that time.
   *
   * @param rejectedHeartbeats all that were refused since the instance was opened
   */
  void full(long maxUsers, long trackedUsers, long rejectedHeartbeats);

  /**
   * Events for a listener were dropped, and it is told everything anew.
   *
   * @param isOfEverybody whether the listener asked for all users
   */
  void resync(boolean isOfEverybody, int queuedEvents, int queueLimit, long lagMillis);

  /** An instance that is opening. */
  interface Opening {
    void opened(long maxUsers, long offHeapBytes, long trackedUsers, boolean isLockFree);
  }

  /** A pass under way. */
  interface Sweeping {

    /**
     * The pass has ended.
     *
     * @param workNanos how long it worked, without pauses
     * @param hasFailed whether an exception has ended it
     */
    void ended(long removedUsers, long workNanos, boolean makesRoom, boolean hasFailed);
  }

  /** A snapshot under way. */
  interface Writing {
    void ended(long users, long bytes, boolean hasFailed);
  }
}
