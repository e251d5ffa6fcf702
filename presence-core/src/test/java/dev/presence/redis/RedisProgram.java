package dev.presence.redis;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * The program of a Redis server: the one that {@code presence.redis.server} names, or one from a
 * jar. Without any for this platform, tests are skipped.
 */
final class RedisProgram {

  private static final String PROPERTY = "presence.redis.server";

  private static final Map<String, String> IN_THE_JAR =
      Map.of(
          "linux-amd64", "redis-server-6.2.6-v5-linux-amd64",
          "linux-aarch64", "redis-server-6.2.7-linux-arm64",
          "mac-x86_64", "redis-server-6.2.6-v5-darwin-amd64",
          "mac-aarch64", "redis-server-6.2.6-v5-darwin-arm64");

  private RedisProgram() {}

  /** The program, which may have to be copied to a folder. */
  static Path in(Path folder) throws IOException {
    String named = System.getProperty(PROPERTY, "");
    if (!named.isEmpty()) {
      return Path.of(named);
    }
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceFirst(" .*", "");
    String platform = os + "-" + System.getProperty("os.arch");
    String name = IN_THE_JAR.get(platform);
    if (name == null) {
      return abort("no Redis for " + platform + "; name one with -D" + PROPERTY);
    }
    Path program = folder.resolve("redis-server");
    if (!Files.exists(program)) {
      try (InputStream bytes = RedisProgram.class.getResourceAsStream("/" + name)) {
        Files.copy(bytes, program);
      }
      if (!program.toFile().setExecutable(true)) {
        throw new IOException("program must be made executable: file=" + program);
      }
    }
    return program;
  }
}
