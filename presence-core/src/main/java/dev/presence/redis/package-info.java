/**
 * A log in Redis or Valkey through which presences in several processes share one view: see {@link
 * dev.presence.redis.RedisLog}.
 *
 * <p>Needs Lettuce, {@code io.lettuce:lettuce-core}, which the application brings. The rest of the
 * library does without it. A module that uses this package needs {@code lettuce.core} among the
 * modules that are resolved; nothing of it appears in a signature here.
 */
@NullMarked
package dev.presence.redis;

import org.jspecify.annotations.NullMarked;
