package dev.presence;

/**
 * What a store holds and has done since it was opened. Immutable. Each figure is exact by itself;
 * together they are not a snapshot of one moment.
 *
 * @param trackedUsers users held in memory: those who are online, those kept for the retention, and
 *     those who wait for the next sweep to remove them
 * @param maxUsers how many users fit at once
 * @param offHeapBytes bytes of memory outside the Java heap, taken in full when the store opens
 * @param sweeps full passes that were completed: the sweeper's, the callers' and those for room
 * @param failedSweeps passes that ended with an exception, which is the clock's as a rule
 * @param sweptUsers users whom sweeps removed
 * @param rejectedHeartbeats heartbeats that {@link PresenceFullException} refused
 * @param lockFree whether reads, and heartbeats of tracked users, take no lock; false where the
 *     storage is not laid out in memory as this library knows it, or was told not to, and
 *     everything works the same but slower
 */
public record PresenceStats(
    long trackedUsers,
    long maxUsers,
    long offHeapBytes,
    long sweeps,
    long failedSweeps,
    long sweptUsers,
    long rejectedHeartbeats,
    boolean lockFree) {}
