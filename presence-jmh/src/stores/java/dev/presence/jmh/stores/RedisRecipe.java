package dev.presence.jmh.stores;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Redis with its defaults, except that it saves nothing, neither snapshots nor an append-only file:
 * clients bring the data again within seconds.
 */
final class RedisRecipe implements ServerRecipe {

  private static final String CONFIG = "redis.conf";

  @Override
  public List<String> prepare(Path folder, int port, String password) throws IOException {
    Optional<URL> program = Platform.redis().map(name -> RedisRecipe.class.getResource("/" + name));
    if (program.isEmpty()) {
      throw Platform.unsupported(ServerKind.REDIS);
    }
    Files.write(
        folder.resolve(CONFIG),
        List.of(
            "bind 127.0.0.1",
            "port " + port,
            "requirepass " + password,
            "save \"\"",
            "appendonly no",
            "daemonize no"));
    Path server = Folders.copy(program.get(), folder.resolve("redis-server"));
    return List.of(server.toString(), CONFIG);
  }

  @Override
  public String address(int port, String password) {
    return "redis://:" + password + "@127.0.0.1:" + port;
  }

  @Override
  public String ask(String address) throws Exception {
    try (RedisLink link = new RedisLink(ServerKind.REDIS.name(), address, Connections.KEPT)) {
      return link.ask(
          commands -> {
            String version = RedisLink.field(commands.info("server"), "redis_version");
            String append = RedisLink.field(commands.info("persistence"), "aof_enabled");
            return "Redis " + version + ", aof_enabled=" + append;
          });
    }
  }
}
