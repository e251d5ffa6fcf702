package dev.presence;

/**
 * What a presence holds and has done since it was opened. Immutable. Each figure is exact by
 * itself; together they are not a snapshot of one moment.
 *
 * @param trackedUsers users held in memory: those online, those kept for the retention, and those
 *     whom the next sweep will remove
 * @param maxUsers how many users fit at once
 * @param offHeapBytes bytes of memory outside the Java heap, reserved in full by {@link
 *     PresenceBuilder#open()}
 * @param sweeps full passes completed: the sweeper's, the callers' and those that made room
 * @param failedSweeps passes that an exception ended, which as a rule is the clock's
 * @param sweptUsers users whom sweeps removed
 * @param sweepNanos nanoseconds that sweeps have worked, all together, without the pauses between
 *     segments: of full passes, of those under way or failed, and of partial ones that made room
 * @param longestSweepNanos nanoseconds that the longest completed full pass worked
 * @param lateTicks how often the sweeper's thread, or the one that tells listeners, went on more
 *     than 100 milliseconds after the time that it had set itself: what it had to do took too long,
 *     or the process or the machine stood still
 * @param rejectedHeartbeats heartbeats that {@link PresenceFullException} refused
 * @param subscriptions listeners that are subscribed now
 * @param queuedEvents events that wait for listeners now, of all subscriptions together
 * @param longestLagMillis milliseconds that the event has waited that has waited the longest of all
 *     subscriptions; 0 if none waits
 * @param resyncs how often events were dropped and a listener was told everything anew, since this
 *     presence was opened and with the subscriptions that have ended; never goes back
 * @param offlineHolds how often listeners were told of nobody's going for a while; see {@link
 *     PresenceBuilder#pauseGuard(java.time.Duration)}
 * @param snapshots snapshots that were finished
 * @param failedSnapshots snapshots that could not be finished; each is tried again
 * @param damagedSnapshots files in the folder that were not whole, or with {@link
 *     CorruptFileAction#START_EMPTY} not readable, and were set aside by {@link
 *     PresenceBuilder#open()}
 * @param lastSnapshotBegun when the last finished snapshot was begun, in epoch seconds of the
 *     {@linkplain PresenceBuilder#clock clock}, or {@link Presence#NEVER} if none was finished
 *     since this presence was opened: every heartbeat that returned in an earlier second survives
 *     the process
 * @param lastSnapshotFinished when that snapshot was finished, in epoch seconds of the clock, or
 *     {@link Presence#NEVER}: this tells whether snapshots go on
 * @param snapshotAgeMillis milliseconds by the machine's time, whatever the clock says, since the
 *     last finished snapshot was begun, or {@link Presence#NEVER}: every heartbeat that returned
 *     before that survives the process
 * @param replication what went to and came from other nodes; see {@link
 *     PresenceBuilder#replicateThrough(ReplicationLog)}
 * @param lockFree whether reads, and heartbeats of tracked users, take no lock; false if Chronicle
 *     Map lays out its memory in a way unknown to this library, or if {@code
 *     -Ddev.presence.store=locked} is set: then every answer is the same, but slower
 */
public record PresenceStats(
    long trackedUsers,
    long maxUsers,
    long offHeapBytes,
    long sweeps,
    long failedSweeps,
    long sweptUsers,
    long sweepNanos,
    long longestSweepNanos,
    long lateTicks,
    long rejectedHeartbeats,
    long subscriptions,
    long queuedEvents,
    long longestLagMillis,
    long resyncs,
    long offlineHolds,
    long snapshots,
    long failedSnapshots,
    long damagedSnapshots,
    long lastSnapshotBegun,
    long lastSnapshotFinished,
    long snapshotAgeMillis,
    ReplicationStats replication,
    boolean lockFree) {}
