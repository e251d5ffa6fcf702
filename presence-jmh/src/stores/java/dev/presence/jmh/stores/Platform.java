package dev.presence.jmh.stores;

import dev.presence.jmh.report.Numbers;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which programs run here. */
final class Platform {

  private static final String OS = System.getProperty("os.name").toLowerCase(Locale.ROOT);
  private static final String ARCH =
      Map.of("amd64", "amd64", "x86_64", "amd64", "aarch64", "arm64", "arm64", "arm64")
          .getOrDefault(System.getProperty("os.arch"), "other");

  /** What MariaDB's program needs. */
  static final boolean LINUX_X86 = OS.startsWith("linux") && ARCH.equals("amd64");

  private static final Map<String, String> REDIS =
      Map.of(
          "linux-amd64", "redis-server-6.2.6-v5-linux-amd64",
          "linux-arm64", "redis-server-6.2.7-linux-arm64",
          "mac-amd64", "redis-server-6.2.6-v5-darwin-amd64",
          "mac-arm64", "redis-server-6.2.6-v5-darwin-arm64");

  private Platform() {}

  /** The name of Redis's program on the class path, if there is one for this platform. */
  static Optional<String> redis() {
    String os = OS.startsWith("linux") ? "linux" : OS.startsWith("mac") ? "mac" : OS;
    return Optional.ofNullable(REDIS.get(os + "-" + ARCH));
  }

  static StoreUnavailableException unsupported(ServerKind kind) {
    return new StoreUnavailableException(
        kind.name(),
        Numbers.format(
            "has no program for this platform; name a server with -D%s: os=%s arch=%s",
            kind.property(), OS, System.getProperty("os.arch")));
  }
}
