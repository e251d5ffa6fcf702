/**
 * A log in Redis or Valkey through which presences in several processes share one view: see {@link
 * dev.presence.redis.RedisLog}.
 *
 * <p>Needs Lettuce, {@code io.lettuce:lettuce-core}, which the application brings. The rest of the
 * library does without it. A module that uses this package requires {@code lettuce.core}, {@code
 * io.netty.handler} and {@code io.netty.resolver.dns}, too: Netty's modules do not come with
 * Lettuce's.
 */
@NullMarked
package dev.presence.redis;

import org.jspecify.annotations.NullMarked;
