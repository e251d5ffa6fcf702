package dev.presence.examples.http;

import java.net.URI;
import java.time.Duration;

/**
 * How a server treats its clients. Immutable.
 *
 * @param corsOrigin the origin whose pages may call the server, such as {@code
 *     https://www.example.org}, {@code *} for all, or empty for none but the server's own
 * @param requestTimeout how long a client may take to send a request, and again to accept the
 *     answer, in steps of up to a second
 * @param idleTimeout how long a connection is kept between requests, and how long the client of a
 *     stream may take nothing of it
 * @param tellsOfReplication whether {@code /healthz} says if the store can reach the others
 */
public record ServerOptions(
    String corsOrigin, Duration requestTimeout, Duration idleTimeout, boolean tellsOfReplication) {

  /** No other origin, 10 seconds for a request, 60 seconds between requests. */
  public static final ServerOptions DEFAULT =
      new ServerOptions("", Duration.ofSeconds(10), Duration.ofSeconds(60));

  /** Options of a server whose store is its own. */
  ServerOptions(String corsOrigin, Duration requestTimeout, Duration idleTimeout) {
    this(corsOrigin, requestTimeout, idleTimeout, false);
  }

  /** Checks the origin: a wrong one would allow nobody, in silence. */
  public ServerOptions {
    if (!corsOrigin.isEmpty() && !corsOrigin.equals("*") && !isOrigin(corsOrigin)) {
      throw new IllegalArgumentException(
          "cors-origin must be * or a scheme and a host: cors-origin=" + corsOrigin);
    }
  }

  /**
   * Returns these options with another origin.
   *
   * @param origin as {@link #corsOrigin()}
   * @return new options
   */
  public ServerOptions withCorsOrigin(String origin) {
    return new ServerOptions(origin, requestTimeout, idleTimeout, tellsOfReplication);
  }

  /**
   * Returns these options for a store that shares its users with others.
   *
   * @return new options
   */
  public ServerOptions withReplication() {
    return new ServerOptions(corsOrigin, requestTimeout, idleTimeout, true);
  }

  private static boolean isOrigin(String origin) {
    try {
      URI uri = URI.create(origin);
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return uri.getHost() != null && origin.equals(uri.getScheme() + "://" + uri.getHost() + port);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
