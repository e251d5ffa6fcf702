package dev.presence.jmh.stores;

/** What Redis says it uses: of all its keys, so that only a difference says something. */
final class RedisMemory {

  private RedisMemory() {}

  static long used(RedisLink link) {
    return Long.parseLong(RedisLink.field(link.ask(redis -> redis.info("memory")), "used_memory"));
  }
}
