package dev.presence.jmh.stores;

import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;

/**
 * What Redis has used so far, by its own account.
 *
 * @param cpuSeconds of its process
 * @param commands how many it has run, the few that ask for this among them
 */
record RedisUse(double cpuSeconds, long commands) {

  static RedisUse now(RedisLink link) {
    return link.ask(
        redis -> {
          String cpu = redis.info("cpu");
          String commands = RedisLink.field(redis.info("stats"), "total_commands_processed");
          return new RedisUse(
              Double.parseDouble(RedisLink.field(cpu, "used_cpu_user"))
                  + Double.parseDouble(RedisLink.field(cpu, "used_cpu_sys")),
              Long.parseLong(commands));
        });
  }

  RedisUse since(RedisUse before) {
    return new RedisUse(cpuSeconds - before.cpuSeconds, commands - before.commands);
  }

  /** Memory of a key, every part of it counted; 0 if there is none. */
  static long bytesOf(RedisLink link, String key) {
    Long bytes =
        link.ask(
            redis ->
                redis.dispatch(
                    CommandType.MEMORY,
                    new IntegerOutput<>(RedisLink.CODEC),
                    new CommandArgs<>(RedisLink.CODEC)
                        .add("USAGE")
                        .addKey(key)
                        .add("SAMPLES")
                        .add(0)));
    return bytes == null ? 0 : bytes;
  }
}
