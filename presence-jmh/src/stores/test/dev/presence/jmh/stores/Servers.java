package dev.presence.jmh.stores;

import java.util.EnumMap;
import java.util.Map;

/** One server of each kind for all tests of a class, started by the first test that needs it. */
final class Servers implements AutoCloseable {

  private final Map<ServerKind, StoreServer> servers = new EnumMap<>(ServerKind.class);

  /** The address of the store's server; empty for a store without one. */
  String address(StoreType type) {
    return type.server()
        .map(kind -> servers.computeIfAbsent(kind, StoreServers::open).address())
        .orElse("");
  }

  /** An empty store. */
  PresenceStore open(StoreType type, StoreSettings settings) {
    PresenceStore left = type.open(address(type), settings);
    left.drop();
    left.close();
    return type.open(address(type), settings);
  }

  @Override
  public void close() {
    servers.values().forEach(StoreServer::close);
  }
}
