package dev.presence.redis;

import dev.presence.internal.replication.LogException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Connects to one server and sends nothing there but the user's name and password. */
final class Connector {

  /** So much may be received before anything else is allowed. */
  private static final long FIRST_BYTES = 1 << 20;

  /** Twice as many commands as a {@link Round} has: the time, frames, and two for each stream. */
  private static final int LARGEST_QUEUE =
      2 * (1 + RedisSession.LARGEST_BATCH + 2 * Round.LARGEST_COUNT);

  private final IoThread thread;
  private final TlsFiles tls;

  Connector(IoThread thread, TlsFiles tls) {
    this.thread = thread;
    this.tls = tls;
  }

  /**
   * Connects. What of a failed connection is still there ends with the {@link IoThread}.
   *
   * @param uri of a server, not of Sentinels
   */
  Link connect(RedisURI uri, Deadline deadline) throws LogException {
    Failures failures = new Failures(Uris.server(uri), Uris.secrets(uri));
    ByteBound bound = new ByteBound(FIRST_BYTES);
    Readiness readiness = new Readiness();
    ClientResources resources = thread.resources(new Handlers(bound, readiness));
    try {
      RedisClient client = RedisClient.create(resources);
      client.setOptions(options(uri, deadline));
      CompletableFuture<StatefulRedisConnection<byte[], byte[]>> connected =
          client.connectAsync(ByteArrayCodec.INSTANCE, uri).toCompletableFuture();
      StatefulRedisConnection<byte[], byte[]> connection =
          Link.await(connected, Failures.CONNECT, failures, deadline);
      boolean unused = Link.await(readiness.ready(), Failures.CONNECT, failures, deadline);
      return new Link(connection, bound, failures);
    } catch (RuntimeException e) { // files of TLS, for example
      throw failures.of(e, Failures.CONNECT);
    } finally {
      Future<Boolean> unused = resources.shutdown(); // shuts nothing, as all is shared: says so
    }
  }

  private ClientOptions options(RedisURI uri, Deadline deadline) {
    Duration left = Duration.ofNanos(deadline.leftNanos()).plusMillis(1);
    ClientOptions.Builder options =
        ClientOptions.builder()
            .autoReconnect(false)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(LARGEST_QUEUE)
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .socketOptions(SocketOptions.builder().connectTimeout(left).build())
            // Needs neither HELLO nor PING nor anything else that a user may not be allowed.
            .protocolVersion(ProtocolVersion.RESP2)
            .pingBeforeActivateConnection(false);
    disableNotifications(options);
    if (uri.isSsl()) {
      options.sslOptions(sslOptions(left));
    }
    return options.build();
  }

  private static void disableNotifications(ClientOptions.Builder options) {
    try {
      options.maintNotificationsConfig(MaintNotificationsConfig.disabled());
    } catch (LinkageError e) { // before Lettuce 7, there are none
      return;
    }
  }

  private SslOptions sslOptions(Duration left) {
    SslOptions.Builder options = SslOptions.builder().jdkSslProvider().handshakeTimeout(left);
    Path trusted = tls.trusted();
    if (trusted != null) {
      options.trustManager(trusted.toFile());
    }
    Path certificate = tls.certificate();
    Path key = tls.key();
    if (certificate != null && key != null) {
      options.keyManager(certificate.toFile(), key.toFile(), null);
    }
    return options.build();
  }

  /** Puts the one before all handlers, TLS among them, and the other behind all. */
  private record Handlers(ByteBound bound, Readiness readiness) implements NettyCustomizer {

    @Override
    public void afterChannelInitialized(Channel channel) {
      channel.pipeline().addFirst(bound).addLast(readiness);
    }
  }
}
