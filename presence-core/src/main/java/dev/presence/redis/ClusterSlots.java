package dev.presence.redis;

import dev.presence.internal.replication.LogException;
import io.lettuce.core.RedisURI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a node says of the cluster's slots.
 *
 * @param ranges the answer to {@code CLUSTER SLOTS}: first slot, last slot, master, replicas
 * @param host of the node, for those that it does not name because they are on the same
 * @param failures of the node
 */
record ClusterSlots(List<Object> ranges, String host, Failures failures) {

  /**
   * The master of a slot.
   *
   * @param sample how to use it
   */
  RedisURI master(int slot, RedisURI sample) throws LogException {
    for (Object each : ranges) {
      if (each instanceof List<?> range
          && range.size() > 2
          && range.get(0) instanceof Long first
          && range.get(1) instanceof Long last
          && range.get(2) instanceof List<?> master
          && first <= slot
          && slot <= last) {
        return node(master, sample);
      }
    }
    throw failures.of("cluster must have a master for each slot", "slot", Integer.toString(slot));
  }

  private RedisURI node(List<?> node, RedisURI sample) throws LogException {
    if (node.size() < 2 || !(node.get(1) instanceof Long port)) {
      throw failures.of("cluster must say where its masters are", "node", node.toString());
    }
    String named =
        node.get(0) instanceof byte[] text ? new String(text, StandardCharsets.UTF_8) : "";
    return Uris.at(sample, named.isEmpty() ? host : named, Math.toIntExact(port));
  }
}
