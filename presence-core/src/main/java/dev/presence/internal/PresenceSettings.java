package dev.presence.internal;

import dev.presence.PresenceTiers;
import dev.presence.ReplicationLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;

/**
 * What a builder says about an instance; it has checked the values.
 *
 * @param name the name of the instance
 * @param onlineWindow the default window
 * @param retention how long a stamp is kept
 * @param gracePeriod how much longer listeners count a user as online
 * @param pauseGuard how late is too late, and how long nobody is told to be offline then; or zero
 * @param tiers what users are put into
 * @param maxUsers how many users must fit
 * @param sweepInterval the time of one pass, or zero for no thread
 * @param clock where the time comes from
 * @param threadFactory makes the sweeper's thread
 * @param folder where to keep snapshots, or null for none
 * @param snapshotInterval how long from one snapshot to the next
 * @param startEmpty whether to give up snapshots that cannot be read, and to open empty if there
 *     are snapshots and none is whole
 * @param registersMXBean whether to show the figures to JMX
 * @param log what to share users through, or null if they are not shared
 * @param exchangeInterval from one exchange with other nodes to the next
 * @param publishInterval a user is published once in that time at most
 * @param joinTimeout how long to wait for the users of the other nodes
 */
public record PresenceSettings(
    String name,
    Duration onlineWindow,
    Duration retention,
    Duration gracePeriod,
    Duration pauseGuard,
    PresenceTiers tiers,
    long maxUsers,
    Duration sweepInterval,
    InstantSource clock,
    ThreadFactory threadFactory,
    Path folder,
    Duration snapshotInterval,
    boolean startEmpty,
    boolean registersMXBean,
    ReplicationLog log,
    Duration exchangeInterval,
    Duration publishInterval,
    Duration joinTimeout) {}
