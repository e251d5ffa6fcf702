package dev.presence.jmh.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An unusable store says which one it is and why, and does not affect others. */
class UnavailableStoreTest {

  private static final long NOW = 1_700_000_000;

  @AfterEach
  void clearProperties() {
    for (ServerKind kind : ServerKind.values()) {
      System.clearProperty(kind.property());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MARIADB, jdbc:mariadb://127.0.0.1:%d/presence?user=me&password=secret",
    "REDIS, redis://:secret@127.0.0.1:%d",
    "DYNAMODB, http://me:secret@127.0.0.1:%d"
  })
  void open_addressThatDoesNotAnswer_namesStoreAndAddressButNoSecret(
      ServerKind kind, String address) throws IOException {
    System.setProperty(kind.property(), String.format(address, unusedPort()));

    assertThatThrownBy(() -> StoreServers.open(kind))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith(kind + ": does not answer at ")
        .hasMessageContaining("127.0.0.1")
        .hasMessageNotContainingAny("secret");
  }

  @ParameterizedTest
  @EnumSource
  void open_malformedAddress_namesTheStore(ServerKind kind) {
    System.setProperty(kind.property(), "no address at all");

    assertThatThrownBy(() -> StoreServers.open(kind))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith(kind + ": does not answer at no address at all: ");
  }

  /** DynamoDB Local refuses malformed keys only; the service knows the right ones. */
  @Tag("server")
  @ParameterizedTest
  @CsvSource({
    "MARIADB, password=[0-9a-f]+, password=wrong, Access denied",
    "REDIS, :[0-9a-f]+@, :wrong@, WRONGPASS",
    "DYNAMODB, presence:[0-9a-f]+@, not-a-key:wrong@, security token"
  })
  void open_wrongCredentials_saysSo(ServerKind kind, String right, String wrong, String expected) {
    try (StoreServer server = StoreServers.open(kind)) {
      System.setProperty(kind.property(), server.address().replaceFirst(right, wrong));

      assertThatThrownBy(() -> StoreServers.open(kind))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageStartingWith(kind + ": does not answer at ")
          .hasMessageContaining(expected);
    }
  }

  @Tag("server")
  @Test
  void open_runningServer_isNotStopped() {
    try (StoreServer server = StoreServers.open(ServerKind.REDIS)) {
      System.setProperty(ServerKind.REDIS.property(), server.address());

      StoreServers.open(ServerKind.REDIS).close();

      assertThat(StoreServers.ask(ServerKind.REDIS, server.address())).startsWith("Redis ");
    }
  }

  @Tag("server")
  @ParameterizedTest
  @EnumSource(names = {"MARIADB_UPSERT", "REDIS_EXPIRING", "REDIS_SORTED_SET", "DYNAMODB"})
  void call_serverKilled_namesTheStoreAndLeavesOthersAlone(StoreType type) {
    ServerKind kind = type.server().orElseThrow();
    try (StartedServer server = (StartedServer) StoreServers.open(kind);
        PresenceStore store = type.open(server.address(), StoreSettings.DEFAULT);
        PresenceStore other = StoreType.PRESENCE.open("", StoreSettings.DEFAULT)) {
      store.heartbeat(1, NOW);
      other.heartbeat(1, NOW);

      server.process().destroyForcibly();
      server.process().onExit().join();

      assertThatThrownBy(() -> store.statusOf(new long[] {1}, NOW))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageStartingWith(type + ": call failed: ");
      assertThatThrownBy(() -> store.heartbeats(new long[] {1, 2}, NOW))
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageStartingWith(type + ": call failed: ");
      assertThat(other.isOnline(1, NOW)).isTrue();
    }
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
