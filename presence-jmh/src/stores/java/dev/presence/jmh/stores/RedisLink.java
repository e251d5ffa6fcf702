package dev.presence.jmh.stores;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.AsyncCommand;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Connections to Redis: one for all threads, as Lettuce's documentation advises, or a new one per
 * call. Redis executes one command after the other, however many connections there are.
 */
final class RedisLink implements AutoCloseable {

  static final StringCodec CODEC = StringCodec.ASCII;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final String store;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> kept;

  RedisLink(String store, String address, Connections connections) {
    this.store = store;
    RedisURI uri = uri(store, address);
    uri.setTimeout(TIMEOUT);
    this.client = RedisClient.create(uri);
    client.setOptions(
        ClientOptions.builder().disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS).build());
    try {
      this.kept = connections == Connections.KEPT ? client.connect(CODEC) : null;
    } catch (RedisException e) {
      close(client);
      throw new StoreUnavailableException(store, "cannot connect", e);
    }
  }

  /** Runs commands that wait for their answers. */
  <T> T ask(Function<RedisCommands<String, String>, T> question) {
    return with(connection -> question.apply(connection.sync()));
  }

  /** Runs a pipeline: writes all commands at once, then waits for all answers. */
  void pipeline(List<AsyncCommand<String, String, String>> commands) {
    boolean unused =
        with(
            connection -> {
              connection.dispatch(commands);
              return awaitAll(commands);
            });
  }

  /** Memory of all keys by Redis's own account, so that only a difference means something. */
  long usedMemoryBytes() {
    return Long.parseLong(field(ask(redis -> redis.info("memory")), "used_memory"));
  }

  /** Reads one field of an answer to INFO. */
  static String field(String info, String name) {
    return info.lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  @Override
  public void close() {
    close(client);
  }

  private <T> T with(Function<StatefulRedisConnection<String, String>, T> call) {
    try {
      if (kept != null) {
        return call.apply(kept);
      }
      try (StatefulRedisConnection<String, String> connection = client.connect(CODEC)) {
        return call.apply(connection);
      }
    } catch (RedisException e) {
      throw new StoreUnavailableException(store, "call failed", e);
    }
  }

  private static boolean awaitAll(List<AsyncCommand<String, String, String>> commands) {
    if (!LettuceFutures.awaitAll(TIMEOUT, commands.toArray(new Future<?>[0]))) {
      throw new RedisException("pipeline must be answered in time: timeout=" + TIMEOUT);
    }
    for (AsyncCommand<String, String, String> command : commands) {
      try {
        String unused = command.get();
      } catch (ExecutionException e) {
        throw new RedisException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new RedisException(e);
      }
    }
    return true;
  }

  private static RedisURI uri(String store, String address) {
    try {
      return RedisURI.create(address);
    } catch (IllegalArgumentException e) {
      throw new StoreUnavailableException(store, "address is not one of Redis", e);
    }
  }

  private static void close(RedisClient client) {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
  }
}
