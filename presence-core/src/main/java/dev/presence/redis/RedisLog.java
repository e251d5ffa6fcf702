package dev.presence.redis;

import dev.presence.ReplicationLog;
import dev.presence.internal.replication.LogAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A log in Redis, 6.2 or later, or Valkey, 7.2 or later: on one server, on one that Sentinels watch
 * over, or in a cluster.
 *
 * <pre>{@code
 * RedisLog log = RedisLog.at("rediss://presence:secret@redis.example.org:6379");
 * }</pre>
 *
 * <p><b>What is in Redis.</b> Streams with the keys {@code presence:log:{0}}, {@code
 * presence:log:{1}} and so on; one unless configured. An entry has one field, {@code f}, with a
 * frame of heartbeats. Old entries are trimmed whenever new ones are appended, and a stream that
 * nobody appends to expires. Nothing else is stored, and nothing has to be kept: a server without
 * persistence will do, and so will one that loses all it has. Whatever else somebody puts into the
 * streams is skipped, at the cost of reading it.
 *
 * <p><b>What it costs.</b> Each presence has one connection to each server that has streams, and
 * one thread for all of them. An exchange is one round trip: {@code TIME}; {@code XADD} for each
 * frame; {@code PEXPIRE} and {@code XREAD} for each stream. What a server answers is held in
 * memory, at most 64 frames of 256 KiB at a time. Every presence reads what all append.
 *
 * <p><b>Permissions.</b> A user needs these, and no more:
 *
 * <pre>{@code
 * ACL SETUSER presence reset on >secret ~presence:log:* +time +xadd +pexpire +xread
 * }</pre>
 *
 * <p>In a cluster, {@code +cluster|slots}, too; for another database than 0, {@code +select}. For
 * Sentinels, {@link #at} says more. Everybody who may append to the log can make users appear
 * online, so keep others out.
 *
 * <p><b>Failures.</b> Whether servers can be reached shows when a presence uses the log, not here.
 * Nothing is stored up for a server that is away, and nothing is sent twice.
 *
 * <p>Needs Lettuce, {@code io.lettuce:lettuce-core}: made for 7.7, tried with 6.6. A module also
 * requires {@code lettuce.core}, {@code io.netty.handler} and {@code io.netty.resolver.dns}. No
 * message and no {@link #toString()} of this library shows a password. Immutable, so safe for use
 * by any number of threads, and for several presences; it holds no connection.
 */
public final class RedisLog implements ReplicationLog {

  /** The beginning of the log's keys, unless configured: {@code presence}. */
  public static final String DEFAULT_KEY_PREFIX = "presence";

  /** There are at most so many streams. */
  public static final int LARGEST_STREAMS = 64;

  /** One class of each module that has to be there, and brings the others. */
  private static final List<String> CLIENT =
      List.of(
          "io.lettuce.core.RedisClient",
          "io.netty.handler.ssl.SslHandler",
          "io.netty.resolver.dns.DnsAddressResolverGroup");

  static {
    LogAccess.register(RedisLog.class, log -> new RedisSharedLog(log.settings));
  }

  private final RedisSettings settings;

  private RedisLog(RedisSettings settings) {
    this.settings = settings;
  }

  /**
   * A log on one server, or on the master that Sentinels know. Connects to nothing yet.
   *
   * <table>
   * <caption>Addresses</caption>
   * <tr><td>{@code redis://user:password@host:6379/0}</td><td>a server; all but the host may be
   *     left out</td></tr>
   * <tr><td>{@code rediss://...}</td><td>the same by TLS. The server has to prove that it is the
   *     host; {@code ?verifyPeer=CA} is content with a trusted certificate, {@code NONE} with
   *     any</td></tr>
   * <tr><td>{@code redis-sentinel://user:password@host:26379,host:26379/0#master}</td><td>the
   *     master of this name. User and password are those of the master; the Sentinels are asked
   *     without any, and need to allow {@code SENTINEL get-master-addr-by-name}</td></tr>
   * </table>
   *
   * <p>These are addresses as Lettuce's {@code RedisURI} reads them. Special characters of a
   * password are written as {@code %40} and the like. A {@code timeout} in it means nothing here.
   *
   * @param uri the address
   * @return the log
   * @throws NullPointerException if {@code uri} is null
   * @throws IllegalArgumentException if {@code uri} is no such address; the message shows nothing
   *     of it but the scheme
   * @throws IllegalStateException if Lettuce is missing
   */
  public static RedisLog at(String uri) {
    Objects.requireNonNull(uri, "uri");
    checkClient();
    return new RedisLog(settings(Uris.display(Uris.parse(uri)), List.of(uri), false));
  }

  /**
   * A log in a cluster. Connects to nothing yet. With one stream, which is the default, the log is
   * on one master; see {@link #streams}.
   *
   * @param uris addresses of some nodes, {@code redis://} or {@code rediss://} as in {@link #at}.
   *     User, password and TLS of the first are used for every node
   * @return the log
   * @throws NullPointerException if an address is null
   * @throws IllegalArgumentException if there is no address, or one of another kind; the message
   *     shows nothing of it but the scheme
   * @throws IllegalStateException if Lettuce is missing
   */
  public static RedisLog inCluster(String... uris) {
    List<String> seeds = List.of(uris);
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("uris must have one or more: length=0");
    }
    checkClient();
    String name = seeds.stream().map(Uris::displayOfNode).collect(Collectors.joining(", "));
    return new RedisLog(settings("cluster of " + name, seeds, true));
  }

  private static RedisSettings settings(String name, List<String> uris, boolean cluster) {
    return new RedisSettings(name, uris, cluster, DEFAULT_KEY_PREFIX, 1, TlsFiles.NONE);
  }

  private static void checkClient() {
    for (String name : CLIENT) {
      try {
        Class<?> unused = Class.forName(name, false, RedisLog.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(
            "io.lettuce:lettuce-core must be on the class path, 7.7.0.RELEASE for example, or"
                + " lettuce.core, io.netty.handler and io.netty.resolver.dns among the modules:"
                + " missing="
                + name,
            e);
      }
    }
  }

  /**
   * Another beginning of the keys. Presences with different ones share nothing, so that several
   * applications can use one server. All nodes of an application need the same.
   *
   * @param keyPrefix what comes before {@code :log:}; not empty, without braces, at most 100
   *     characters
   * @return a log that differs in this
   * @throws NullPointerException if {@code keyPrefix} is null
   * @throws IllegalArgumentException if {@code keyPrefix} is not as described
   */
  public RedisLog keyPrefix(String keyPrefix) {
    Objects.requireNonNull(keyPrefix, "keyPrefix");
    if (keyPrefix.isEmpty()) {
      throw new IllegalArgumentException("keyPrefix must not be empty: keyPrefix=");
    }
    if (keyPrefix.length() > 100 || keyPrefix.indexOf('{') >= 0 || keyPrefix.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "keyPrefix must have <= 100 characters and no braces: keyPrefix=" + keyPrefix);
    }
    return new RedisLog(settings.withKeyPrefix(keyPrefix));
  }

  /**
   * Another number of streams: in a cluster, they spread over the masters, and so does the work.
   * Elsewhere one is best. All nodes of an application need the same number. While they differ, as
   * during an update, those with the smaller one miss what is in the others' further streams.
   *
   * @param streams from 1 to 64
   * @return a log that differs in this
   * @throws IllegalArgumentException if {@code streams} is outside its range
   */
  public RedisLog streams(int streams) {
    if (streams < 1) {
      throw new IllegalArgumentException("streams must be >= 1: streams=" + streams);
    }
    if (streams > LARGEST_STREAMS) {
      throw new IllegalArgumentException("streams must be <= 64: streams=" + streams);
    }
    return new RedisLog(settings.withStreams(streams));
  }

  /**
   * Other authorities for TLS than those that the JVM trusts. The file is read at each connection,
   * so it may be replaced; one that cannot be read is a failure of the connection.
   *
   * @param certificates a file in PEM with the certificates of one or more authorities
   * @return a log that differs in this
   * @throws NullPointerException if {@code certificates} is null
   */
  public RedisLog trustedCertificates(Path certificates) {
    Objects.requireNonNull(certificates, "certificates");
    return new RedisLog(settings.withTls(settings.tls().withTrusted(certificates)));
  }

  /**
   * A certificate for this client, for servers that ask for one ({@code tls-auth-clients}). The
   * files are read as in {@link #trustedCertificates}.
   *
   * @param certificates a file in PEM with the certificate and those of its authorities
   * @param privateKey a file in PEM with its key, in PKCS #8 and without a password
   * @return a log that differs in this
   * @throws NullPointerException if an argument is null
   */
  public RedisLog clientCertificate(Path certificates, Path privateKey) {
    Objects.requireNonNull(certificates, "certificates");
    Objects.requireNonNull(privateKey, "privateKey");
    return new RedisLog(settings.withTls(settings.tls().withCertificate(certificates, privateKey)));
  }

  /** Where the log is, without the user's name and password. */
  @Override
  public String toString() {
    return settings.toString();
  }
}
