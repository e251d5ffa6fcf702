package dev.presence.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server makes of its arguments. */
class ServerArgumentsTest {

  private static final String SECRET = "s3cret";

  @Test
  void redis_withAPassword_isShownWithoutIt() {
    ServerArguments arguments =
        parse("--redis=redis://presence:s3cret@host:6380/2", "--redis-prefix=chat", "0");

    assertThat(arguments.log()).isEqualTo("redis://host:6380/2 (keys chat:log:*)");
    assertThat(arguments.toString()).doesNotContain(SECRET);
    assertThat(arguments.options().tellsOfReplication()).isTrue();
  }

  @Test
  void redis_emptyOrMissing_isNone() {
    for (ServerArguments arguments : new ServerArguments[] {parse("0"), parse("--redis=", "0")}) {
      assertThat(arguments.log()).isEmpty();
      assertThat(arguments.options().tellsOfReplication()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --redis=http://:s3cret@host      | uri must be redis://host:port, rediss://host:port or \
          redis-sentinel://host:port,host:port#master: scheme=http
          --redis=host:s3cret              | uri must be redis://host:port, rediss://host:port or \
          redis-sentinel://host:port,host:port#master: scheme=none
          --redis-uri=redis://:s3cret@host | option must be in the usage: option=--redis-uri=
          --redis                          | option must be in the usage: option=--redis
          redis://:s3cret@host             | port must be 0 to 65535: port=redis://...
          --redis-prefix=chat              | redis must be given with redis-prefix: redis-prefix=chat
          """)
  void argument_thatIsWrong_isRefusedWithoutItsSecret(String argument, String message) {
    assertThatThrownBy(() -> parse(argument))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void redisPrefix_thatIsWrong_isRefusedBeforeAnythingIsOpened(@TempDir Path folder) {
    Path store = folder.resolve("store");

    assertThatThrownBy(
            () -> parse("--persist-to=" + store, "--redis=redis://:s3cret@host", "--redis-prefix="))
        .hasMessage("keyPrefix must not be empty: keyPrefix=");
    assertThat(store).doesNotExist();
  }

  @Test
  void host_thatIsAnAddressOfRedis_isRefusedWithoutItsSecret() {
    assertThatThrownBy(() -> parse("0", "redis://:s3cret@host"))
        .hasMessage("host must be known: host=redis://...");
  }

  @Test
  void help_showsTheUsageAlone() throws Exception {
    try (JavaProcess server =
        JavaProcess.start(PresenceServer.class, "--redis=redis://:s3cret@host", "--help")) {
      assertThat(server.readLines()).containsExactly(ServerArguments.USAGE);
      assertThat(server.stderr()).isEmpty();
      assertThat(server.exitCode()).isZero();
    }
  }

  private static ServerArguments parse(String... arguments) {
    return ServerArguments.parse(arguments);
  }
}
