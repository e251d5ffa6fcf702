package dev.presence;

/**
 * A log through which several presences, in processes of their own, share one view: see {@link
 * PresenceBuilder#replicateThrough(ReplicationLog)}. {@code dev.presence.redis.RedisLog} makes
 * them. Not for implementation by applications.
 */
public interface ReplicationLog {}
