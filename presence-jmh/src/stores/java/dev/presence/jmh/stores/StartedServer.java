package dev.presence.jmh.stores;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process and a folder of its own, on the loopback address and a free port. {@link
 * #close()} ends the process and deletes the folder; so does the end of this JVM, and {@link Guard}
 * if the JVM is killed. A random password keeps other users of the machine out.
 */
final class StartedServer implements StoreServer {

  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 10;
  private static final long POLL_MILLIS = 50;
  private static final int LOG_LINES = 3;

  private final ServerKind kind;
  private final Path folder;
  private final Thread hook;
  private Process process;
  private Guard guard;
  private List<String> command = List.of();
  private String address = "";

  private StartedServer(ServerKind kind, Path folder) {
    this.kind = kind;
    this.folder = folder;
    this.hook = new Thread(this::stop, "stop-" + kind);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  static StartedServer start(ServerKind kind, ServerRecipe recipe) {
    StartedServer server;
    try {
      server = new StartedServer(kind, Files.createTempDirectory("presence-" + kind + "-"));
    } catch (IOException e) {
      throw new StoreUnavailableException(kind.name(), "has no folder", e);
    }
    try {
      server.launch(recipe);
      return server;
    } catch (IOException e) {
      server.close();
      throw new StoreUnavailableException(kind.name(), "cannot be started", e);
    } catch (InterruptedException e) {
      server.close();
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException(kind.name(), "was interrupted while it started", e);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  @Override
  public String address() {
    return address;
  }

  /** The process, for tests that kill it. */
  ProcessHandle process() {
    return process.toHandle();
  }

  /** The folder, for tests that look for it. */
  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) { // the JVM is ending, and the hook does the same
      return;
    }
    stop();
  }

  private void launch(ServerRecipe recipe) throws IOException, InterruptedException {
    int port = freePort();
    String password = password();
    command = recipe.prepare(folder, port, password);
    begin();
    String candidate = recipe.address(port, password);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers(recipe, candidate, deadline)) {
      if (!process.isAlive()) {
        throw new StoreUnavailableException(
            kind.name(),
            "ended while it started: exit=" + process.exitValue() + " log=" + lastLines(log()));
      }
      Thread.sleep(POLL_MILLIS);
    }
    address = candidate;
  }

  private void begin() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile());
    builder.environment().put("DDB_LOCAL_TELEMETRY", "0");
    synchronized (this) {
      process = builder.start();
      guard = Guard.over(process, folder);
    }
  }

  private Path log() {
    return folder.resolve("log");
  }

  /** Kills the process as {@code kill -9} does; the folder stays. */
  synchronized void kill() throws InterruptedException {
    guard.dismiss();
    process.destroyForcibly();
    int unused = process.waitFor();
  }

  /** Starts a killed one again, at the same address; it answers a moment later. */
  void startAgain() throws IOException {
    begin();
  }

  private boolean answers(ServerRecipe recipe, String candidate, long deadline) {
    try {
      String unused = recipe.ask(candidate);
      return process.isAlive(); // if not, another server has taken the port
    } catch (Exception e) {
      if (System.nanoTime() > deadline) {
        throw new StoreUnavailableException(kind.name(), "did not answer in time", e);
      }
      return false;
    }
  }

  private synchronized void stop() {
    if (guard != null) {
      guard.dismiss();
    }
    if (process != null) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroy();
      children.forEach(ProcessHandle::destroy);
      try {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
      children.forEach(ProcessHandle::destroyForcibly);
    }
    Folders.delete(folder);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String password() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static String lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }
}
