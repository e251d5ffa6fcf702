package dev.presence.redis;

import dev.presence.internal.replication.LogException;
import dev.presence.internal.replication.LogSession;
import dev.presence.internal.replication.SharedLog;
import io.lettuce.core.RedisURI;
import java.util.List;
import java.util.stream.IntStream;

/** The log that a {@link RedisLog} describes. */
final class RedisSharedLog implements SharedLog {

  private final RedisSettings settings;
  private final Servers servers;

  RedisSharedLog(RedisSettings settings) {
    this.settings = settings;
    this.servers = servers(settings);
  }

  private static Servers servers(RedisSettings settings) {
    List<RedisURI> uris = settings.uris().stream().map(Uris::parse).toList();
    if (settings.cluster()) {
      return new ClusterServers(uris);
    }
    RedisURI uri = uris.get(0);
    return Uris.isSentinel(uri) ? new SentinelServers(uri) : new OneServer(uri);
  }

  @Override
  public LogSession connect(long timeoutNanos) throws LogException {
    Deadline deadline = Deadline.in(timeoutNanos);
    List<LogStream> streams =
        IntStream.range(0, settings.streams())
            .mapToObj(number -> new LogStream(settings.keyPrefix(), number))
            .toList();
    IoThread thread = newThread();
    boolean connected = false;
    try {
      List<Shard> shards =
          servers.connect(new Connector(thread, settings.tls()), streams, deadline);
      connected = true;
      return new RedisSession(thread, shards, streams.size());
    } finally {
      if (!connected) {
        thread.close();
      }
    }
  }

  private IoThread newThread() throws LogException {
    try {
      return new IoThread();
    } catch (RuntimeException e) { // no descriptors are left, for example
      throw new LogException("client must start: log=%s cause=%s".formatted(this, e));
    }
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
