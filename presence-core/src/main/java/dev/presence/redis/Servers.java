package dev.presence.redis;

import dev.presence.internal.replication.LogException;
import java.util.List;

/** Where the log is. */
interface Servers {

  /** Finds the server of each stream and connects to it. */
  List<Shard> connect(Connector connector, List<LogStream> streams, Deadline deadline)
      throws LogException;
}
