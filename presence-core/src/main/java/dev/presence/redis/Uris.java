package dev.presence.redis;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider.ImmediateRedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Addresses of servers, and what of them may be told. */
final class Uris {

  private static final Set<String> SERVERS = Set.of("redis", "rediss");
  private static final Set<String> SENTINELS = Set.of("redis-sentinel", "rediss-sentinel");

  /** A name, also one with an underscore, or an address of either kind. */
  private static final Pattern HOST = Pattern.compile("[\\w.-]+|\\[[0-9a-fA-F:.%]+]");

  private Uris() {}

  /**
   * The address that a text says.
   *
   * @throws IllegalArgumentException if it says none; the message holds nothing of the text but the
   *     scheme, as the rest may be secret
   */
  static RedisURI parse(String text) {
    String scheme = scheme(text);
    if (SERVERS.contains(scheme) || SENTINELS.contains(scheme)) {
      RedisURI uri = parsed(scheme + text.substring(scheme.length()));
      if (uri != null && isSentinel(uri) == SENTINELS.contains(scheme)) {
        return bare(uri);
      }
    }
    throw new IllegalArgumentException(
        "uri must be redis://host:port, rediss://host:port or"
            + " redis-sentinel://host:port,host:port#master: scheme="
            + scheme);
  }

  static boolean isSentinel(RedisURI uri) {
    return !uri.getSentinels().isEmpty();
  }

  private static String scheme(String text) {
    int end = text.indexOf("://");
    String scheme = end < 0 ? "" : text.substring(0, end).toLowerCase(Locale.ROOT);
    return scheme.matches("[a-z][a-z0-9+.-]{0,30}") ? scheme : "none";
  }

  private static @Nullable RedisURI parsed(String text) {
    try {
      RedisURI uri = RedisURI.create(text);
      boolean complete =
          isSentinel(uri)
              ? !uri.getSentinelMasterId().isEmpty()
                  && uri.getSentinels().stream().allMatch(Uris::isHost)
              : isHost(uri);
      return complete && !hasPasswordElsewhere(text) ? uri : null;
    } catch (RuntimeException e) { // of several kinds; the messages quote the text
      return null;
    }
  }

  private static boolean isHost(RedisURI uri) {
    return HOST.matcher(uri.getHost()).matches();
  }

  /** A password with a slash or the like in it ends the host's part, and would be taken for it. */
  private static boolean hasPasswordElsewhere(String text) {
    String authority = URI.create(text).getRawAuthority();
    return text.lastIndexOf('@') > text.indexOf(authority) + authority.length();
  }

  /** A server at another place that is used in the same way. */
  static RedisURI at(RedisURI uri, String host, int port) {
    RedisURI.Builder other =
        RedisURI.builder()
            .withHost(host)
            .withPort(port)
            .withSsl(uri)
            .withAuthentication(uri)
            .withDatabase(uri.getDatabase());
    if (uri.getClientName() != null) {
      other.withClientName(uri.getClientName());
    }
    return bare(other.build());
  }

  /** Without what the client would tell of itself, as a user may not be allowed to. */
  private static RedisURI bare(RedisURI uri) {
    uri.setLibraryName("");
    uri.setLibraryVersion("");
    uri.getSentinels().forEach(Uris::bare);
    return uri;
  }

  /** A server's host and port. */
  static String server(RedisURI uri) {
    String host = uri.getHost();
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return (bare ? "[" + host + "]" : host) + ":" + uri.getPort();
  }

  /** An address without user, password and options. */
  static String display(RedisURI uri) {
    String end = uri.getDatabase() == 0 ? "" : "/" + uri.getDatabase();
    if (!isSentinel(uri)) {
      return (uri.isSsl() ? "rediss://" : "redis://") + server(uri) + end;
    }
    return (uri.isSsl() ? "rediss-sentinel://" : "redis-sentinel://")
        + uri.getSentinels().stream().map(Uris::server).collect(Collectors.joining(","))
        + end
        + "#"
        + uri.getSentinelMasterId();
  }

  /** The same for a node of a cluster. */
  static String displayOfNode(String text) {
    RedisURI uri = parse(text);
    if (isSentinel(uri)) {
      throw new IllegalArgumentException(
          "uri of a node must be redis://host:port or rediss://host:port: scheme=" + scheme(text));
    }
    return display(uri);
  }

  /** What no message may hold. */
  static List<String> secrets(RedisURI uri) {
    List<String> secrets = new ArrayList<>();
    if (uri.getCredentialsProvider() instanceof ImmediateRedisCredentialsProvider provider) {
      RedisCredentials credentials = provider.resolveCredentialsNow();
      if (credentials.hasPassword()) {
        secrets.add(new String(Objects.requireNonNull(credentials.getPassword())));
      }
    }
    return secrets;
  }
}
