package dev.presence.examples;

import dev.presence.Presence;
import dev.presence.PresenceBuilder;
import dev.presence.examples.http.PresenceHttpServer;
import dev.presence.examples.http.ServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A presence service, on Netty: {@link PresenceHttpServer} says why.
 *
 * <pre>
 * POST   /heartbeat               {"user_id":123} or {"user_ids":[1,"2"]}    204
 * DELETE /heartbeat/123           signs out                                  204
 * POST   /disconnect/123          the same, for a page that is left          204
 * GET    /status/users?ids=1,2    {"1":true,"2":false}
 * GET    /lastseen/users?ids=1,2  {"1":1764000000,"2":null}
 * GET    /events?ids=1,2          server-sent events: who comes, who goes
 * GET    /count                   {"online":2}
 * GET    /healthz                 {"status":"ok"}
 * GET    /metrics                 Prometheus's text format
 * GET    /openapi.json            the description of all this
 * GET    /?me=1&amp;friends=2,3   a page of live friends
 * </pre>
 *
 * <p>It has no authentication, so it listens on the loopback address unless told otherwise.
 */
public final class PresenceServer {

  private static final String USAGE =
      "usage: PresenceServer [--persist-to=folder] [--cors-origin=origin]"
          + " [port [host [stop-with-parent]]]";

  private static final String PERSIST_TO = "--persist-to=";
  private static final String CORS_ORIGIN = "--cors-origin=";

  private PresenceServer() {}

  /**
   * Runs until the process is told to stop.
   *
   * @param arguments at first, in any order, {@code --persist-to=} and a folder, to survive
   *     restarts, and {@code --cors-origin=} and an origin whose pages may call the service, such
   *     as {@code https://www.example.org} or {@code *}; then the port (default 8080, 0 picks a
   *     free one), the host (default 127.0.0.1) and the word {@code stop-with-parent} to stop when
   *     the parent process ends
   */
  public static void main(String[] arguments) {
    // Asked for first: a process whose parent has ended gets another one.
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    // Clients ask when offline users were last seen, so stamps are kept longer than the window.
    PresenceBuilder builder = Presence.builder().retention(Duration.ofDays(1));
    ServerOptions options = ServerOptions.DEFAULT;
    InetSocketAddress address;
    int named = 0;
    try {
      for (; named < arguments.length; named++) {
        String argument = arguments[named];
        if (argument.startsWith(PERSIST_TO)) {
          builder.persistTo(Path.of(argument.substring(PERSIST_TO.length())));
        } else if (argument.startsWith(CORS_ORIGIN)) {
          options = options.withCorsOrigin(argument.substring(CORS_ORIGIN.length()));
        } else {
          break;
        }
      }
      address = parseAddress(Arrays.copyOfRange(arguments, named, arguments.length));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "; " + USAGE);
      System.exit(2);
      return;
    }

    Presence presence = builder.open();
    PresenceHttpServer server;
    try {
      server = PresenceHttpServer.start(address, presence, options);
    } catch (IOException e) {
      System.err.println("cannot listen on " + toUrl(address) + ": " + e.getMessage());
      System.exit(1);
      return;
    }

    // SIGTERM and Ctrl-C run this: stop serving first, then write the last snapshot and close.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  presence.close();
                },
                "presence-shutdown"));
    System.out.println("presence server listens on " + toUrl(server.address()));
    System.out.println("press Ctrl-C to stop it");

    if (arguments.length - named > 2) {
      // Maven waits for the program it runs but does not stop it when Maven itself is killed.
      parent.ifPresent(process -> process.onExit().join());
      System.exit(0);
    }
  }

  private static InetSocketAddress parseAddress(String[] args) {
    if (args.length > 3) {
      throw new IllegalArgumentException("arguments must be at most 3: arguments=" + args.length);
    }
    if (args.length == 3 && !args[2].equals("stop-with-parent")) {
      throw new IllegalArgumentException("argument must be stop-with-parent: argument=" + args[2]);
    }
    int port = args.length > 0 ? parsePort(args[0]) : 8080;
    String host = args.length > 1 ? args[1] : "127.0.0.1";
    try {
      return new InetSocketAddress(InetAddress.getAllByName(host)[0], port);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("host must be known: host=" + host, e);
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
    throw new IllegalArgumentException("port must be 0 to 65535: port=" + port);
  }

  private static String toUrl(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
