package dev.presence.redis;

import dev.presence.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Three masters and a replica of each. It comes to a decision about a dead node within seconds. */
public final class RedisCluster implements AutoCloseable {

  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;

  private final List<RedisServer> nodes = new ArrayList<>();

  private RedisCluster() {}

  /** Starts six servers and waits until all agree. */
  public static RedisCluster start(Path parent) throws Exception {
    RedisCluster cluster = new RedisCluster();
    try {
      cluster.launch(parent);
      return cluster;
    } catch (Exception | Error e) {
      cluster.close();
      throw e;
    }
  }

  private void launch(Path parent) throws Exception {
    for (int i = 0; i < 2 * MASTERS; i++) {
      RedisServer node =
          RedisServer.start(
              parent,
              "cluster-enabled yes",
              "cluster-node-timeout 1000",
              "cluster-require-full-coverage no");
      nodes.add(node);
      Object unused = node.ask("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
    }
    for (int i = 0; i < MASTERS; i++) {
      int from = i * SLOTS / MASTERS;
      List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
      IntStream.range(from, (i + 1) * SLOTS / MASTERS)
          .forEach(slot -> command.add(Integer.toString(slot)));
      Object unused = nodes.get(i).ask(command.toArray(String[]::new));
    }
    for (RedisServer node : nodes.subList(1, nodes.size())) {
      Object unused =
          nodes.get(0).ask("CLUSTER", "MEET", "127.0.0.1", Integer.toString(node.port()));
    }
    for (int i = 0; i < MASTERS; i++) {
      String id = id(nodes.get(i));
      RedisServer replica = nodes.get(MASTERS + i);
      Await.until("the master is known", () -> info(replica, "CLUSTER", "NODES").contains(id));
      Await.until("its replica follows it", () -> succeeds(replica, "CLUSTER", "REPLICATE", id));
    }
    awaitHealth();
  }

  /** Waits until all slots have a master, each master a replica, and every node agrees. */
  public void awaitHealth() {
    for (RedisServer node : nodes) {
      Await.until(
          "the cluster is healthy",
          () -> {
            String state = info(node, "CLUSTER", "NODES");
            return info(node, "CLUSTER", "INFO").contains("cluster_state:ok")
                && info(node, "CLUSTER", "INFO").contains("cluster_slots_ok:" + SLOTS)
                && state.lines().filter(line -> line.contains("slave")).count() == MASTERS
                && state.lines().noneMatch(line -> line.contains("fail"))
                && !info(node, "INFO", "replication").contains("master_link_status:down");
          });
    }
  }

  public List<RedisServer> nodes() {
    return nodes;
  }

  /** The master of a slot, on which all agree. */
  public RedisServer masterOf(int slot) throws IOException {
    return masterOf(slot, nodes.get(0));
  }

  private RedisServer masterOf(int slot, RedisServer asked) throws IOException {
    for (Object range : (List<?>) asked.ask("CLUSTER", "SLOTS")) {
      List<?> parts = (List<?>) range;
      if ((Long) parts.get(0) <= slot && slot <= (Long) parts.get(1)) {
        long port = (Long) ((List<?>) parts.get(2)).get(1);
        return nodes.stream().filter(node -> node.port() == port).findFirst().orElseThrow();
      }
    }
    throw new IOException("slot must have a master: slot=" + slot);
  }

  private boolean isMasterOf(RedisServer master, int slot, RedisServer asked) {
    try {
      return masterOf(slot, asked) == master;
    } catch (IOException e) { // nobody is just now
      return false;
    }
  }

  /** Moves a slot with one key to another master, and waits until all nodes know. */
  public void move(int slot, String key, RedisServer target) throws IOException {
    RedisServer source = masterOf(slot);
    String number = Integer.toString(slot);
    Object importing = target.ask("CLUSTER", "SETSLOT", number, "IMPORTING", id(source));
    Object migrating = source.ask("CLUSTER", "SETSLOT", number, "MIGRATING", id(target));
    Object moved =
        source.ask("MIGRATE", "127.0.0.1", Integer.toString(target.port()), key, "0", "5000");
    String owner = id(target);
    Object known = target.ask("CLUSTER", "SETSLOT", number, "NODE", owner);
    Object given = source.ask("CLUSTER", "SETSLOT", number, "NODE", owner);
    if (!List.of(importing, migrating, moved, known, given)
        .equals(List.of("OK", "OK", "OK", "OK", "OK"))) {
      throw new IOException("slot must move: answer=" + moved);
    }
    for (RedisServer node : nodes) {
      Await.until("all nodes know the new master", () -> isMasterOf(target, slot, node));
    }
  }

  private static String id(RedisServer node) throws IOException {
    return (String) node.ask("CLUSTER", "MYID");
  }

  private static boolean succeeds(RedisServer node, String... command) {
    try {
      return "OK".equals(node.ask(command));
    } catch (IOException e) { // the node does not know enough yet
      return false;
    }
  }

  private static String info(RedisServer node, String... command) {
    try {
      return String.valueOf(node.ask(command));
    } catch (IOException e) { // away
      return "";
    }
  }

  @Override
  public void close() {
    nodes.forEach(RedisServer::close);
  }
}
