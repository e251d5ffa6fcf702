package dev.presence.examples;

import com.sun.net.httpserver.HttpServer;
import dev.presence.Presence;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves a {@link Presence} over HTTP, from {@link #start} to {@link #close()}. It does not own the
 * store: close the server first, then the store. Safe for use by several threads.
 */
public final class PresenceHttpServer implements AutoCloseable {

  /** Enough that a few slow clients do not delay the others; idle threads end. */
  private static final int MAX_THREADS = 256;

  private static final int BACKLOG = 1_024;
  private static final long CLOSE_SECONDS = 5;

  static {
    // The JDK's server reads these once per JVM, with the first server. -D overrides them.
    setDefault("sun.net.httpserver.nodelay", "true"); // or small answers wait 40 ms for an ACK
    setDefault("sun.net.httpserver.maxReqTime", "10"); // seconds to send a request
    setDefault("sun.net.httpserver.maxRspTime", "10"); // seconds to accept the answer
    setDefault("sun.net.httpserver.maxIdleConnections", "10000"); // kept open between requests
    setDefault("sun.net.httpserver.drainAmount", "1048576"); // bytes read after a 413
  }

  private final HttpServer http;
  private final ThreadPoolExecutor executor;

  private PresenceHttpServer(HttpServer http, ThreadPoolExecutor executor) {
    this.http = http;
    this.executor = executor;
  }

  /**
   * Starts a server.
   *
   * @param address where to listen; port 0 picks a free one
   * @param presence the store to serve
   * @return a running server
   * @throws IOException if the server cannot listen on the address
   */
  public static PresenceHttpServer start(InetSocketAddress address, Presence presence)
      throws IOException {
    HttpServer http = HttpServer.create(address, BACKLOG);
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            MAX_THREADS, MAX_THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    executor.allowCoreThreadTimeOut(true);
    http.setExecutor(executor);
    http.createContext("/", new PresenceHandler(presence));
    http.start();
    return new PresenceHttpServer(http, executor);
  }

  /**
   * Returns where this server listens.
   *
   * @return the address with the actual port
   */
  public InetSocketAddress address() {
    return http.getAddress();
  }

  /**
   * Refuses new requests, waits up to 5 seconds for those under way, then closes every connection.
   */
  @Override
  public void close() {
    // On JDK 17 HttpServer.stop(5) takes 5 seconds even when no request is under way.
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
    http.stop(0);
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
