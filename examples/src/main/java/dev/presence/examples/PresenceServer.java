package dev.presence.examples;

import dev.presence.Presence;
import dev.presence.examples.http.PresenceHttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
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
 * GET    /healthz                 {"status":"ok"}, and with a Redis "replication":"linked"
 * GET    /metrics                 Prometheus's text format
 * GET    /openapi.json            the description of all this
 * GET    /?me=1&amp;friends=2,3   a page of live friends
 * </pre>
 *
 * <p>It has no authentication, so it listens on the loopback address unless told otherwise.
 */
public final class PresenceServer {

  private PresenceServer() {}

  /**
   * Runs until the process is told to stop.
   *
   * @param arguments at first, in any order, {@code --persist-to=} and a folder, to survive
   *     restarts, {@code --cors-origin=} and an origin whose pages may call the service, such as
   *     {@code https://www.example.org} or {@code *}, {@code --redis=} and the address of a server
   *     through which all services with the same {@code --redis-prefix=} share their users (empty:
   *     it has its own alone; whoever is on the machine can read a password in it); then the port
   *     (default 8080, 0 picks a free one), the host (default 127.0.0.1) and the word {@code
   *     stop-with-parent} to stop when the parent process ends
   */
  public static void main(String[] arguments) {
    // Asked for first: a process whose parent has ended gets another one.
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    // This program brings no SLF4J provider, and would be told so.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    if (Arrays.asList(arguments).contains("--help")) {
      System.out.println(ServerArguments.USAGE);
      return;
    }
    ServerArguments given;
    try {
      given = ServerArguments.parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "; " + ServerArguments.USAGE);
      System.exit(2);
      return;
    }

    Presence presence = given.builder().open();
    PresenceHttpServer server;
    try {
      server = PresenceHttpServer.start(given.address(), presence, given.options());
    } catch (IOException e) {
      System.err.println("cannot listen on " + toUrl(given.address()) + ": " + e.getMessage());
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
    if (!given.log().isEmpty()) {
      System.out.println("it shares its users through " + given.log());
    }
    System.out.println("press Ctrl-C to stop it");

    if (given.stopsWithParent()) {
      // Maven waits for the program it runs but does not stop it when Maven itself is killed.
      parent.ifPresent(process -> process.onExit().join());
      System.exit(0);
    }
  }

  private static String toUrl(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
