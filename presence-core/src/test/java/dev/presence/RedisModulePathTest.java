package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log in Redis in an application that is a module, with Lettuce among the modules. */
class RedisModulePathTest {

  /** For what an application cannot do yet but through a presence. */
  private static final String EXPORT =
      "--add-exports=dev.presence/dev.presence.internal.replication=app";

  /** Connects to a port where nobody is, and so uses all of the client that a connection needs. */
  private static final String PROGRAM =
      """
      package app;

      import dev.presence.internal.replication.LogAccess;
      import dev.presence.internal.replication.LogException;
      import dev.presence.redis.RedisLog;
      import java.util.concurrent.TimeUnit;

      public final class Main {
        public static void main(String[] args) {
          try {
            LogAccess.of(RedisLog.at("redis://127.0.0.1:1")).connect(TimeUnit.SECONDS.toNanos(60));
          } catch (LogException e) {
            System.out.print(e.getMessage());
          }
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void log_onTheModulePath_usesItsClient() throws Exception {
    Path modules = Files.createDirectory(folder.resolve("modules"));
    List<String> jars = new ArrayList<>(ChildJvm.applicationClassPath());
    jars.addAll(ChildJvm.clientOfRedis());
    ModulePathTest.fill(modules, jars);
    ModulePathTest.compile(
        modules,
        """
        module app {
          requires dev.presence;
          requires io.netty.handler;
          requires io.netty.resolver.dns;
          requires lettuce.core;
        }
        """,
        PROGRAM,
        EXPORT);

    ChildJvm.Result result = new ChildJvm(folder).runModule(modules, "app/app.Main", EXPORT);

    assertThat(result.out())
        .as(result.err())
        .startsWith("server must be reachable: server=127.0.0.1:1 step=connect cause=")
        .contains("Connection refused");
    assertThat(result.exitCode()).isZero();
  }
}
