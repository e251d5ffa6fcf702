package dev.presence.redis;

import dev.presence.internal.replication.LogException;
import io.lettuce.core.RedisURI;
import java.util.List;

/** A server at a fixed address. */
record OneServer(RedisURI uri) implements Servers {

  @Override
  public List<Shard> connect(Connector connector, List<LogStream> streams, Deadline deadline)
      throws LogException {
    return List.of(Shard.open(connector, uri, streams, deadline));
  }
}
