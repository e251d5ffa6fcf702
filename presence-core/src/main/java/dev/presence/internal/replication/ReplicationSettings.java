package dev.presence.internal.replication;

import java.time.Duration;

/**
 * How a node replicates.
 *
 * @param log through what
 * @param exchangeInterval from one exchange to the next
 * @param publishInterval a user is published once in that time at most
 * @param joinTimeout how long to wait at the beginning for the users of the other nodes
 */
public record ReplicationSettings(
    SharedLog log, Duration exchangeInterval, Duration publishInterval, Duration joinTimeout) {}
