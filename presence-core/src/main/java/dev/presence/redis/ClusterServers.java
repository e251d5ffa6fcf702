package dev.presence.redis;

import dev.presence.internal.replication.LogException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The masters of a cluster. Some node is asked which they are whenever something connects: those
 * that were masters last, and then the seeds. A connection to a node is a plain one. A session ends
 * when a node sends it elsewhere, and the next one asks again.
 */
final class ClusterServers implements Servers {

  private final List<RedisURI> seeds;
  private List<RedisURI> masters = List.of();

  /**
   * @param seeds one or more; the first says how to use every node
   */
  ClusterServers(List<RedisURI> seeds) {
    this.seeds = seeds;
  }

  @Override
  public List<Shard> connect(Connector connector, List<LogStream> streams, Deadline deadline)
      throws LogException {
    List<RedisURI> asked = new ArrayList<>(masters);
    asked.addAll(seeds);
    ClusterSlots slots =
        Seeds.firstAnswer(asked, deadline, (seed, time) -> ask(connector, seed, time));
    Map<RedisURI, List<LogStream>> found = new LinkedHashMap<>();
    for (LogStream stream : streams) {
      RedisURI master = slots.master(SlotHash.getSlot(stream.key()), seeds.get(0));
      found.computeIfAbsent(master, unused -> new ArrayList<>()).add(stream);
    }
    masters = List.copyOf(found.keySet());
    List<Shard> shards = new ArrayList<>();
    for (Map.Entry<RedisURI, List<LogStream>> each : found.entrySet()) {
      shards.add(Shard.open(connector, each.getKey(), each.getValue(), deadline));
    }
    return shards;
  }

  private static ClusterSlots ask(Connector connector, RedisURI node, Deadline deadline)
      throws LogException {
    Link link = connector.connect(node, deadline);
    try {
      Link.Answer<List<Object>> answer =
          link.send(
              CommandType.CLUSTER,
              new ArrayOutput<>(ByteArrayCodec.INSTANCE),
              Link.args().add("SLOTS"));
      link.flush();
      return new ClusterSlots(answer.await(deadline), node.getHost(), link.failures());
    } finally {
      link.close();
    }
  }
}
