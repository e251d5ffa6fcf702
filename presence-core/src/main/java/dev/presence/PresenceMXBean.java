package dev.presence;

/**
 * The figures of one presence for JMX, and so for JConsole, JDK Mission Control and many agents.
 * {@link PresenceBuilder#registerMXBean(boolean)} registers it in the platform's MBean server,
 * under {@code dev.presence:type=Presence,name="presence"} with the name of the instance, quoted;
 * {@link Presence#close()} takes it out again.
 *
 * <p>Each attribute but two has the name of a component of {@link PresenceStats}, which says
 * exactly what it means. Reading one costs a few reads of memory, except for {@link
 * #getOnlineUsers()}. Applications have no reason to implement this; it may gain attributes. Safe
 * for use by any number of threads.
 */
public interface PresenceMXBean {

  /**
   * The name of the instance.
   *
   * @return what {@link PresenceBuilder#name(String)} was given
   */
  String getName();

  /**
   * Users who are online. A pass over all users counts them, at most every 10 seconds; in between
   * this tells the last number.
   *
   * @return a number of users, at most 10 seconds old
   */
  long getOnlineUsers();

  /**
   * Users held in memory.
   *
   * @return a number of users
   */
  long getTrackedUsers();

  /**
   * How many users fit at once.
   *
   * @return a number of users
   */
  long getMaxUsers();

  /**
   * Memory outside the Java heap.
   *
   * @return bytes
   */
  long getOffHeapBytes();

  /**
   * Full sweeps completed.
   *
   * @return a number that only goes up
   */
  long getSweeps();

  /**
   * Sweeps that an exception ended.
   *
   * @return a number that only goes up
   */
  long getFailedSweeps();

  /**
   * Users whom sweeps removed.
   *
   * @return a number that only goes up
   */
  long getSweptUsers();

  /**
   * How long all sweeps have worked together.
   *
   * @return nanoseconds
   */
  long getSweepNanos();

  /**
   * How long the longest sweep worked.
   *
   * @return nanoseconds
   */
  long getLongestSweepNanos();

  /**
   * How often a thread of the library went on too late.
   *
   * @return a number that only goes up
   */
  long getLateTicks();

  /**
   * Heartbeats refused because there was no room.
   *
   * @return a number that only goes up
   */
  long getRejectedHeartbeats();

  /**
   * Listeners that are subscribed now.
   *
   * @return a number of subscriptions
   */
  long getSubscriptions();

  /**
   * Events that wait for listeners now.
   *
   * @return a number of events
   */
  long getQueuedEvents();

  /**
   * How long the oldest waiting event has waited.
   *
   * @return milliseconds, 0 if none waits
   */
  long getLongestLagMillis();

  /**
   * How often a listener was told everything anew.
   *
   * @return a number that only goes up
   */
  long getResyncs();

  /**
   * How often listeners were told of nobody's going for a while.
   *
   * @return a number that only goes up
   */
  long getOfflineHolds();

  /**
   * Snapshots finished.
   *
   * @return a number that only goes up
   */
  long getSnapshots();

  /**
   * Snapshots that could not be finished.
   *
   * @return a number that only goes up
   */
  long getFailedSnapshots();

  /**
   * Snapshots found damaged at the start.
   *
   * @return a number of files
   */
  long getDamagedSnapshots();

  /**
   * When the last finished snapshot was begun.
   *
   * @return epoch seconds of the clock, or {@link Presence#NEVER}
   */
  long getLastSnapshotBegun();

  /**
   * When the last snapshot was finished.
   *
   * @return epoch seconds of the clock, or {@link Presence#NEVER}
   */
  long getLastSnapshotFinished();

  /**
   * How long ago the last finished snapshot was begun.
   *
   * @return milliseconds, or {@link Presence#NEVER}
   */
  long getSnapshotAgeMillis();

  /**
   * Whether the log of replication can be reached.
   *
   * @return false without replication, too
   */
  boolean isReplicationLinked();

  /**
   * Whether the last exchange of replication brought all that was in the log.
   *
   * @return false without replication, too
   */
  boolean isReplicationCaughtUp();

  /**
   * How long ago an exchange of replication last brought all that was in the log.
   *
   * @return milliseconds, or {@link Presence#NEVER}
   */
  long getReplicationLagMillis();

  /**
   * How far the log's clock is ahead of this node's.
   *
   * @return milliseconds
   */
  long getReplicationClockOffsetMillis();

  /**
   * Heartbeats and disconnects that this node has published.
   *
   * @return a number that only goes up
   */
  long getReplicationSentUsers();

  /**
   * Bytes that this node has appended to the log.
   *
   * @return a number that only goes up
   */
  long getReplicationSentBytes();

  /**
   * Heartbeats and disconnects of other nodes that this node has read.
   *
   * @return a number that only goes up
   */
  long getReplicationReceivedUsers();

  /**
   * Bytes that this node has read from the log.
   *
   * @return a number that only goes up
   */
  long getReplicationReceivedBytes();

  /**
   * How often the log could be reached again.
   *
   * @return a number that only goes up
   */
  long getReplicationReconnections();

  /**
   * How often this node asked the others for what it had missed.
   *
   * @return a number that only goes up
   */
  long getReplicationResyncs();

  /**
   * Entries of the log that were skipped.
   *
   * @return a number that only goes up
   */
  long getReplicationBadFrames();

  /**
   * Heartbeats of other nodes for which there was no room.
   *
   * @return a number that only goes up
   */
  long getReplicationRefusedUsers();

  /**
   * Whether reads, and heartbeats of tracked users, take no lock.
   *
   * @return true unless Chronicle Map lays out its memory in an unknown way
   */
  boolean isLockFree();
}
