package dev.presence.jmh.stores;

import java.io.IOException;

/** What is measured in a JVM of its own, with a server of its own. */
enum ReplicationPart {
  /** A steady load: {@link ReplicatedLoad}. */
  LOAD,
  /** The same heartbeats as {@code SET EX}: {@link RivalBeats}. */
  EXPIRING,
  /** The same heartbeats in one sorted set. */
  SORTED_SET,
  /** Answers about users of another node: {@link RemoteUsers}. */
  STATUS,
  /** Heartbeats with and without replication: {@link AcceptedBeats}. */
  HEARTBEAT,
  /** The same in batches. */
  HEARTBEATS,
  /** The log does not answer: {@link LogOutage}. */
  HELD,
  /** The log is killed. */
  KILLED,
  /** The heap without a log: {@link HeapInOutage}. */
  HEAP;

  /** Measures in this JVM; what comes back is for {@link dev.presence.jmh.report.Json}. */
  Object measure(ReplicationPlan plan) throws IOException, InterruptedException {
    try (StoreServer server = server()) {
      String address = server.address();
      return switch (this) {
        case LOAD -> ReplicatedLoad.measure(address, plan);
        case EXPIRING -> RivalBeats.measure(address, StoreType.REDIS_EXPIRING, plan);
        case SORTED_SET -> RivalBeats.measure(address, StoreType.REDIS_SORTED_SET, plan);
        case STATUS -> RemoteUsers.measure(address, plan);
        case HEARTBEAT -> AcceptedBeats.measure(address, plan, false);
        case HEARTBEATS -> AcceptedBeats.measure(address, plan, true);
        case HELD -> LogOutage.HELD.measure((StartedServer) server, plan);
        case KILLED -> LogOutage.KILLED.measure((StartedServer) server, plan);
        case HEAP -> HeapInOutage.measure((StartedServer) server, plan);
      };
    }
  }

  /** Only a server that this JVM has started may be stopped. */
  private StoreServer server() {
    return switch (this) {
      case HELD, KILLED, HEAP -> StartedServer.start(ServerKind.REDIS, new RedisRecipe());
      default -> StoreServers.open(ServerKind.REDIS);
    };
  }
}
