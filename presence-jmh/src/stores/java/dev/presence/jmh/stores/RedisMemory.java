package dev.presence.jmh.stores;

/** Memory by Redis's own account: of all keys, so that only a difference means something. */
final class RedisMemory {

  private RedisMemory() {}

  static long used(RedisLink link) {
    return Long.parseLong(RedisLink.field(link.ask(redis -> redis.info("memory")), "used_memory"));
  }
}
