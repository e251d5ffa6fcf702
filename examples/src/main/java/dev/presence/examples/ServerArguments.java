package dev.presence.examples;

import dev.presence.Presence;
import dev.presence.PresenceBuilder;
import dev.presence.examples.http.ServerOptions;
import dev.presence.redis.RedisLog;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * What the arguments of {@link PresenceServer} say. Nothing is opened yet, and no message shows
 * what comes after {@code ://}, which may be a password.
 *
 * @param builder of the store
 * @param log where the store meets others, without a password; empty if it does not
 * @param options of the server
 * @param address where to listen
 * @param stopsWithParent whether the server ends with its parent process
 */
record ServerArguments(
    PresenceBuilder builder,
    String log,
    ServerOptions options,
    InetSocketAddress address,
    boolean stopsWithParent) {

  static final String USAGE =
      "usage: PresenceServer [--persist-to=folder] [--cors-origin=origin] [--redis=uri]"
          + " [--redis-prefix=prefix] [port [host [stop-with-parent]]]";

  private static final String PERSIST_TO = "--persist-to=";
  private static final String CORS_ORIGIN = "--cors-origin=";
  private static final String REDIS = "--redis=";
  private static final String REDIS_PREFIX = "--redis-prefix=";

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if they are wrong
   */
  static ServerArguments parse(String[] arguments) {
    // Clients ask when offline users were last seen, so stamps are kept longer than the window.
    PresenceBuilder builder = Presence.builder().retention(Duration.ofDays(1));
    ServerOptions options = ServerOptions.DEFAULT;
    String redis = "";
    String prefix = RedisLog.DEFAULT_KEY_PREFIX;
    int named = 0;
    for (; named < arguments.length && arguments[named].startsWith("--"); named++) {
      String argument = arguments[named];
      String value = argument.substring(argument.indexOf('=') + 1);
      if (argument.startsWith(PERSIST_TO)) {
        builder.persistTo(Path.of(value));
      } else if (argument.startsWith(CORS_ORIGIN)) {
        options = options.withCorsOrigin(value);
      } else if (argument.startsWith(REDIS)) {
        redis = value;
      } else if (argument.startsWith(REDIS_PREFIX)) {
        prefix = value;
      } else {
        throw new IllegalArgumentException(
            "option must be in the usage: option=" + argument.replaceFirst("=.*", "="));
      }
    }
    String log = "";
    if (!redis.isEmpty()) {
      RedisLog shared = RedisLog.at(redis).keyPrefix(prefix);
      builder.replicateThrough(shared);
      options = options.withReplication();
      log = shared.toString();
    } else if (!prefix.equals(RedisLog.DEFAULT_KEY_PREFIX)) {
      throw new IllegalArgumentException(
          "redis must be given with redis-prefix: redis-prefix=" + prefix);
    }
    String[] rest = Arrays.copyOfRange(arguments, named, arguments.length);
    return new ServerArguments(builder, log, options, parseAddress(rest), rest.length > 2);
  }

  private static InetSocketAddress parseAddress(String[] args) {
    if (args.length > 3) {
      throw new IllegalArgumentException("arguments must be at most 3: arguments=" + args.length);
    }
    if (args.length == 3 && !args[2].equals("stop-with-parent")) {
      throw new IllegalArgumentException(
          "argument must be stop-with-parent: argument=" + shown(args[2]));
    }
    int port = args.length > 0 ? parsePort(args[0]) : 8080;
    String host = args.length > 1 ? args[1] : "127.0.0.1";
    try {
      return new InetSocketAddress(InetAddress.getAllByName(host)[0], port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("host must be known: host=" + shown(host), e);
    }
  }

  private static int parsePort(String port) {
    try {
      int value = Integer.parseInt(port);
      if (value >= 0 && value <= 65_535) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through: the message is the same.
    }
    throw new IllegalArgumentException("port must be 0 to 65535: port=" + shown(port));
  }

  private static String shown(String argument) {
    return argument.replaceFirst("://.*", "://...");
  }
}
