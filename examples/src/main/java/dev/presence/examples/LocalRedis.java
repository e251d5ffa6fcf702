package dev.presence.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A Redis whose program comes from a jar: a process on the loopback address, in a temporary folder,
 * with a password that nobody else knows. It keeps nothing on disk. The process and the folder are
 * gone after {@link #close()}, and also when this JVM ends without it. Safe for use by several
 * threads.
 */
final class LocalRedis implements Closeable {

  private static final Map<String, String> PROGRAMS =
      Map.of(
          "linux-amd64", "redis-server-6.2.6-v5-linux-amd64",
          "linux-aarch64", "redis-server-6.2.7-linux-arm64",
          "mac-x86_64", "redis-server-6.2.6-v5-darwin-amd64",
          "mac-aarch64", "redis-server-6.2.6-v5-darwin-arm64");

  /**
   * A shell that cleans up when its input ends, which is a pipe from this JVM. Ctrl-C in a terminal
   * reaches it too, and must not end it before that.
   */
  private static final String JANITOR =
      "trap '' INT; cat > /dev/null; kill -9 $(cat pid) 2> /dev/null; rm -rf \"$1\"";

  private static final String READY = "Ready to accept connections";
  private static final long START_SECONDS = 20;
  private static final int ATTEMPTS = 10;

  private final String platform;
  private final Ports ports;
  private final String password = randomPassword();
  private Path folder;
  private Process janitor;
  private Process process;
  private int port;
  private boolean closed;

  /** Where to listen: another port each time. */
  @FunctionalInterface
  interface Ports {
    int next() throws IOException;
  }

  /** A server that has not been started. */
  LocalRedis() {
    this(thisPlatform(), LocalRedis::freePort);
  }

  /** The same, for tests of platforms and ports. */
  LocalRedis(String platform, Ports ports) {
    this.platform = platform;
    this.ports = ports;
  }

  /**
   * Starts the server, at the first time on a free port and then on the same again. It is empty.
   *
   * @throws IOException if that is not possible; the message is for the user of the program
   */
  synchronized void start() throws IOException, InterruptedException {
    if (closed) {
      throw new IOException("Redis must not be closed: port=" + port);
    }
    if (folder == null) {
      unpack();
    }
    boolean again = port != 0;
    for (int attempt = 0; attempt < (again ? 1 : ATTEMPTS); attempt++) {
      port = again ? port : ports.next();
      if (launch()) {
        return;
      }
    }
    throw new IOException("Redis does not start on port " + port + ": " + lastLine());
  }

  private void unpack() throws IOException {
    String name = PROGRAMS.get(platform);
    try (InputStream program =
        name == null ? null : LocalRedis.class.getResourceAsStream("/" + name)) {
      if (program == null) {
        throw new IOException("there is no Redis for this platform, " + platform);
      }
      folder = Files.createTempDirectory("presence-redis-");
      janitor =
          new ProcessBuilder("sh", "-c", JANITOR, "janitor", folder.toString())
              .directory(folder.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      Path file = folder.resolve("redis-server");
      Files.copy(program, file);
      if (!file.toFile().setExecutable(true)) {
        throw new IOException("a program in " + folder + " cannot be made executable");
      }
    }
  }

  /** Whether it has started. If not, somebody else has the port. */
  private boolean launch() throws IOException, InterruptedException {
    Files.write(
        folder.resolve("redis.conf"),
        List.of(
            "bind 127.0.0.1",
            "port " + port,
            "requirepass " + password,
            "save \"\"",
            "appendonly no",
            "daemonize no"));
    Path log = folder.resolve("log");
    process =
        new ProcessBuilder(folder.resolve("redis-server").toString(), "redis.conf")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Files.writeString(folder.resolve("pid"), Long.toString(process.pid()));
    long startNanos = System.nanoTime();
    while (process.isAlive() && !Files.readString(log, UTF_8).contains(READY)) {
      if (System.nanoTime() - startNanos > TimeUnit.SECONDS.toNanos(START_SECONDS)) {
        throw new IOException("Redis is not ready after " + START_SECONDS + " s: " + lastLine());
      }
      Thread.sleep(5);
    }
    return process.isAlive();
  }

  /** The address, with the password. */
  synchronized String uri() {
    return "redis://:" + password + "@127.0.0.1:" + port;
  }

  /** Ends the process at once, as a crash does; {@link #start()} starts it again, empty. */
  synchronized void kill() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    Files.deleteIfExists(folder.resolve("pid")); // the number may soon be another process's
  }

  /** Ends the process and deletes the folder. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (janitor != null) {
      janitor.getOutputStream().close();
      janitor.onExit().join();
    }
  }

  private String lastLine() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("log"), UTF_8);
    return lines.stream().filter(line -> !line.isBlank()).reduce("", (first, second) -> second);
  }

  private static String randomPassword() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  static String thisPlatform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceFirst(" .*", "");
    return os + "-" + System.getProperty("os.arch");
  }

  /** One below those that outgoing connections get, so that it is still free later. */
  static int freePort() throws IOException {
    for (int attempt = 0; ; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        if (attempt >= ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
