package dev.presence.internal.replication;

/**
 * A disconnect in a frame.
 *
 * @param userId who
 * @param second up to which second of the log the user's heartbeats no longer count
 * @param millis when it was, by the log's clock
 */
record Disconnect(long userId, long second, long millis) {}
