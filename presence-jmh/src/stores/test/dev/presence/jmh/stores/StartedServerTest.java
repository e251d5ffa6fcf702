package dev.presence.jmh.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers leave nothing behind. */
class StartedServerTest {

  private final AtomicReference<Path> folder = new AtomicReference<>();

  @Tag("server")
  @ParameterizedTest
  @EnumSource
  void close_startedServer_leavesNoProcessAndNoFolder(ServerKind kind) {
    StartedServer server = (StartedServer) StoreServers.open(kind);
    ProcessHandle process = server.process();
    assertThat(StoreServers.ask(kind, server.address())).isNotBlank();
    assertThat(process.isAlive()).isTrue();
    List<ProcessHandle> all = Stream.concat(Stream.of(process), process.descendants()).toList();

    server.close();

    assertThat(all).noneMatch(ProcessHandle::isAlive);
    assertThat(server.folder()).doesNotExist();
    assertThatThrownBy(() -> StoreServers.ask(kind, server.address()))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Tag("server")
  @Test
  void startAgain_killedServer_isEmptyAtTheSameAddress() throws IOException, InterruptedException {
    try (StartedServer server = StartedServer.start(ServerKind.REDIS, new RedisRecipe())) {
      ProcessHandle killed = server.process();
      try (RedisLink link = new RedisLink("test", server.address(), Connections.KEPT)) {
        String unused = link.ask(redis -> redis.set("key", "value"));
      }

      server.kill();
      assertThat(killed.isAlive()).isFalse();
      server.startAgain();

      assertThat(Polling.until(() -> isEmpty(server))).isTrue();
      assertThat(server.process().isAlive()).isTrue();
    }
  }

  private static boolean isEmpty(StartedServer server) {
    try (RedisLink link = new RedisLink("test", server.address(), Connections.KEPT)) {
      return link.ask(redis -> redis.dbsize()) == 0;
    } catch (StoreUnavailableException e) {
      return false; // not yet
    }
  }

  @Test
  void start_programThatEnds_saysWhyAndLeavesNoFolder() {
    assertThatThrownBy(() -> start("echo no room >&2; exit 3"))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessage("REDIS: ended while it started: exit=3 log=no room");
    assertThat(folder.get()).doesNotExist();
  }

  @Test
  void start_noSuchProgram_saysSoAndLeavesNoFolder() {
    Recipe recipe = new Recipe(List.of("no-such-program-of-any-platform"));

    assertThatThrownBy(() -> StartedServer.start(ServerKind.MARIADB, recipe))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith("MARIADB: cannot be started: ")
        .hasMessageContaining("no-such-program-of-any-platform");
    assertThat(folder.get()).doesNotExist();
  }

  @Test
  void start_interrupted_leavesNoProcessAndNoFolder() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> start("exec sleep 1000"))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageStartingWith("REDIS: was interrupted while it started");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(folder.get()).doesNotExist();
    assertThat(ProcessHandle.current().descendants()).noneMatch(StartedServerTest::sleeps);
  }

  /** After SIGTERM the JVM can clean up, after SIGKILL it cannot. */
  @Tag("server")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void jvm_ended_leavesNoProcessAndNoFolder(boolean forcibly)
      throws IOException, InterruptedException {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-classpath",
                System.getProperty("java.class.path"),
                HeldServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = jvm.inputReader()) {
      ProcessHandle server = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      Path held = Path.of(lines.readLine());
      assertThat(server.isAlive()).isTrue();
      assertThat(held).exists();

      if (forcibly) {
        jvm.destroyForcibly();
      } else {
        jvm.destroy();
      }

      assertThat(Polling.until(() -> !server.isAlive() && !Files.exists(held))).isTrue();
    } finally {
      jvm.destroyForcibly();
    }
  }

  private void start(String script) {
    StoreServer unused =
        StartedServer.start(ServerKind.REDIS, new Recipe(List.of("sh", "-c", script)));
  }

  private static boolean sleeps(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("sleep")).isPresent();
  }

  /** A server that never answers. */
  private final class Recipe implements ServerRecipe {
    private final List<String> command;

    Recipe(List<String> command) {
      this.command = command;
    }

    @Override
    public List<String> prepare(Path where, int port, String password) {
      folder.set(where);
      return command;
    }

    @Override
    public String address(int port, String password) {
      return "nowhere";
    }

    @Override
    public String ask(String address) throws IOException {
      throw new IOException("no answer");
    }
  }
}
