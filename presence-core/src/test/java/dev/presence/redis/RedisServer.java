package dev.presence.redis;

import dev.presence.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A real Redis in a process and a folder of its own, on the loopback address. It ends with {@link
 * #close}, and with this JVM even if that is killed.
 */
public final class RedisServer implements AutoCloseable {

  private static final int ATTEMPTS = 10;

  /** In a cluster, the port above by this much is used, too. */
  private static final int BUS = 10_000;

  /** Kills the server when its input ends, which is when this JVM does. */
  private static final String GUARD = "cat > /dev/null; kill -9 $1 2> /dev/null";

  private final Path folder;
  private final List<String> options;
  private final boolean sentinel;
  private int port;
  private int tlsPort;
  private Process process;
  private Process guard;

  private RedisServer(Path folder, List<String> options, boolean sentinel) {
    this.folder = folder;
    this.options = options;
    this.sentinel = sentinel;
  }

  /** Starts a server that keeps nothing on disk. */
  public static RedisServer start(Path parent, String... options) throws Exception {
    return start(parent, List.of(options));
  }

  /** Does the same with options of {@code redis.conf}, one a line. */
  public static RedisServer start(Path parent, List<String> options) throws Exception {
    return start(parent, options, false);
  }

  /** Starts a Sentinel that knows a master and decides alone. */
  public static RedisServer startSentinel(Path parent, String master, RedisServer server)
      throws Exception {
    List<String> options =
        List.of(
            "sentinel monitor " + master + " 127.0.0.1 " + server.port() + " 1",
            "sentinel down-after-milliseconds " + master + " 500",
            "sentinel failover-timeout " + master + " 2000");
    return start(parent, options, true);
  }

  private static RedisServer start(Path parent, List<String> options, boolean sentinel)
      throws Exception {
    RedisServer server =
        new RedisServer(Files.createTempDirectory(parent, "redis"), options, sentinel);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      server.port = freePort();
      server.tlsPort = freePort();
      if (server.launch()) {
        return server;
      }
    }
    throw new IOException("server must start: log=" + server.log());
  }

  /** Whether it has started. If not, somebody else may have taken the port meanwhile. */
  private boolean launch() throws Exception {
    List<String> lines = new ArrayList<>();
    lines.add("bind 127.0.0.1");
    lines.add("port " + port);
    if (!sentinel) {
      lines.add("save \"\"");
      lines.add("appendonly no");
    }
    lines.addAll(options);
    if (options.stream().anyMatch(option -> option.startsWith("tls-"))) {
      lines.add("tls-port " + tlsPort);
    }
    Files.write(folder.resolve("redis.conf"), lines);
    List<String> command = new ArrayList<>();
    command.add(RedisProgram.in(folder.getParent()).toString());
    command.add("redis.conf");
    if (sentinel) {
      command.add("--sentinel");
    }
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    guard =
        new ProcessBuilder("sh", "-c", GUARD, "guard", Long.toString(process.pid()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Await.until("Redis accepts connections or ends", () -> !process.isAlive() || accepts());
    if (process.isAlive()) {
      return true;
    }
    dismissGuard();
    return false;
  }

  private boolean accepts() {
    try {
      return log().contains(sentinel ? "Sentinel ID is" : "Ready to accept connections");
    } catch (IOException e) {
      return false;
    }
  }

  /** What the server has logged. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  public int port() {
    return port;
  }

  /** The port for TLS, if there are options for it. */
  public int tlsPort() {
    return tlsPort;
  }

  /** The address without a user. */
  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** The address for a user of the server. */
  public String uri(String user, String password) {
    return "redis://" + user + ":" + password + "@127.0.0.1:" + port;
  }

  /** A connection that knows nothing of the library or its client. */
  public RawRedis raw() throws IOException {
    return new RawRedis(port);
  }

  /** Sends one command as the default user, and returns the answer. */
  public Object ask(String... command) throws IOException {
    try (RawRedis raw = raw()) {
      return raw.ask(command);
    }
  }

  /** Ends the process at once, as a crash does. */
  public void kill() throws Exception {
    process.destroyForcibly().waitFor();
    dismissGuard();
  }

  /** Starts it again at the same port; empty, unless its options keep data on disk. */
  public void restart() throws Exception {
    if (!launch()) {
      throw new IOException("server must start again: log=" + log());
    }
  }

  /** Lets the process stand still; its connections stay open. */
  public void pause() throws Exception {
    signal("-STOP");
  }

  /** Lets it go on. */
  public void resume() throws Exception {
    signal("-CONT");
  }

  private void signal(String signal) throws Exception {
    int exit = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    if (exit != 0) {
      throw new IOException("signal must be sent: exit=" + exit);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    dismissGuard();
  }

  private void dismissGuard() {
    List<ProcessHandle> children = guard.descendants().toList();
    guard.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  /** A port that is free now, and so is the one for a cluster's bus. */
  private static int freePort() throws IOException {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      if (isFree(port) && isFree(port + BUS)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
