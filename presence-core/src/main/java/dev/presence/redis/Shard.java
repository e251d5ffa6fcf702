package dev.presence.redis;

import dev.presence.internal.replication.LogException;
import io.lettuce.core.RedisURI;
import java.util.List;

/** One server of a session, and those streams of the log that are there. */
final class Shard {

  private final Connector connector;
  private final RedisURI uri;
  private final List<LogStream> streams;
  private Link link;
  private long clockMillis;

  private Shard(Connector connector, RedisURI uri, List<LogStream> streams, Link link) {
    this.connector = connector;
    this.uri = uri;
    this.streams = streams;
    this.link = link;
  }

  /** Connects, and asks for the time. */
  static Shard open(Connector connector, RedisURI uri, List<LogStream> streams, Deadline deadline)
      throws LogException {
    Shard shard = new Shard(connector, uri, streams, connector.connect(uri, deadline));
    Round round = new Round(shard.link, 0, 0);
    round.flush();
    shard.await(round, new Reading(), deadline);
    return shard;
  }

  /** What the server's clock said last, in epoch milliseconds. */
  long clockMillis() {
    return clockMillis;
  }

  boolean has(int stream) {
    return streams.stream().anyMatch(each -> each.number() == stream);
  }

  /**
   * Sends frames, and asks for those of others.
   *
   * @param frames those for each stream of the log, by its number
   * @param reads whether to read, too
   */
  Round send(List<List<byte[]>> frames, boolean reads, long horizonMillis, Deadline deadline)
      throws LogException {
    if (link.bound().isExceeded()) {
      link = connector.connect(uri, deadline);
    }
    Round round = new Round(link, streams.size(), horizonMillis);
    for (LogStream stream : streams) {
      round.append(stream, frames.get(stream.number()), clockMillis);
    }
    if (reads) {
      streams.forEach(round::read);
    }
    round.flush();
    return round;
  }

  void await(Round round, Reading reading, Deadline deadline) throws LogException {
    clockMillis = round.await(reading, deadline);
  }
}
