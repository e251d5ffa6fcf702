package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.replication.LogAccess;
import dev.presence.redis.RedisLog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever has no log in Redis does not need Lettuce, and whoever forgets it is told. */
class WithoutLettuceTest {

  @TempDir private Path folder;

  @Test
  void library_inAJvmWithoutLettuce_worksAndSaysWhatIsMissing() throws Exception {
    assertThat(new ChildJvm(folder).run(Program.class)).isEqualTo(ChildJvm.Result.QUIET);
  }

  static final class Program {

    private static final String MISSING =
        "io.lettuce:lettuce-core must be on the class path, 7.7.0.RELEASE for example, or"
            + " lettuce.core, io.netty.handler and io.netty.resolver.dns among the modules:"
            + " missing=io.lettuce.core.RedisClient";

    private Program() {}

    public static void main(String[] args) throws Exception {
      FirstSteps.check("the log is there", isThere("dev/presence/redis/RedisLog"));
      FirstSteps.check("Lettuce is not", !isThere("io/lettuce/core/RedisClient"));
      FirstSteps.check("Netty is not", !isThere("io/netty/channel/Channel"));
      Class<?> unused = Class.forName("dev.presence.redis.RedisLog"); // with its initialiser
      FirstSteps.check("no other log is known", !LogAccess.isKnown(new ReplicationLog() {}));
      checkMissing(() -> RedisLog.at("redis://localhost"));
      checkMissing(() -> RedisLog.inCluster("redis://localhost"));
      FirstSteps.main(args);
    }

    private static void checkMissing(Runnable action) {
      try {
        action.run();
      } catch (IllegalStateException e) {
        FirstSteps.check(e.getMessage(), MISSING.equals(e.getMessage()));
        return;
      }
      throw new IllegalStateException("the client must be missed");
    }

    private static boolean isThere(String name) {
      return Program.class.getClassLoader().getResource(name + ".class") != null;
    }
  }
}
