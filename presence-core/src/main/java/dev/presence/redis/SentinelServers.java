package dev.presence.redis;

import dev.presence.internal.replication.LogException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueListOutput;
import io.lettuce.core.protocol.CommandType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A server that Sentinels know. They are asked whenever something connects. */
record SentinelServers(RedisURI uri) implements Servers {

  @Override
  public List<Shard> connect(Connector connector, List<LogStream> streams, Deadline deadline)
      throws LogException {
    RedisURI master =
        Seeds.firstAnswer(uri.getSentinels(), deadline, (seed, time) -> ask(connector, seed, time));
    return List.of(Shard.open(connector, master, streams, deadline));
  }

  private RedisURI ask(Connector connector, RedisURI sentinel, Deadline deadline)
      throws LogException {
    Link link = connector.connect(sentinel, deadline);
    try {
      Link.Answer<List<byte[]>> answer =
          link.send(
              CommandType.SENTINEL,
              new ValueListOutput<>(ByteArrayCodec.INSTANCE),
              Link.args().add("get-master-addr-by-name").add(uri.getSentinelMasterId()));
      link.flush();
      List<byte[]> address = answer.await(deadline);
      if (address.size() != 2) {
        throw link.failures()
            .of("Sentinel must know the master", "master", uri.getSentinelMasterId());
      }
      return Uris.at(uri, text(address.get(0)), Integer.parseInt(text(address.get(1))));
    } finally {
      link.close();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
