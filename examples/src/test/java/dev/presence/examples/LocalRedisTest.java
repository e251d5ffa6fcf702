package dev.presence.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server of the examples, where it cannot start. */
@Timeout(60)
class LocalRedisTest {

  @Test
  void platformWithoutAProgram_isSaid() throws Exception {
    try (LocalRedis redis = new LocalRedis("plan9-vax", () -> 1)) {
      assertThatThrownBy(redis::start)
          .isInstanceOf(IOException.class)
          .hasMessage("there is no Redis for this platform, plan9-vax");
    }
  }

  @Test
  void portTaken_atFirst_anotherIsTaken() throws Exception {
    Redis.started().close();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Integer> tried = new ArrayList<>();
      LocalRedis.Ports ports =
          () -> {
            tried.add(tried.isEmpty() ? taken.getLocalPort() : LocalRedis.freePort());
            return tried.get(tried.size() - 1);
          };
      try (LocalRedis redis = new LocalRedis(LocalRedis.thisPlatform(), ports)) {
        redis.start();

        assertThat(tried).hasSizeGreaterThan(1).endsWith(URI.create(redis.uri()).getPort());
      }
    }
  }

  @Test
  void portTaken_whileItWasAway_isSaid() throws Exception {
    try (LocalRedis redis = Redis.started()) {
      int port = URI.create(redis.uri()).getPort();
      redis.kill();
      try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        assertThat(taken.isBound()).isTrue();

        assertThatThrownBy(redis::start)
            .isInstanceOf(IOException.class)
            .hasMessageStartingWith("Redis does not start on port " + port + ": ");
      }
      redis.start();
    }
  }
}
