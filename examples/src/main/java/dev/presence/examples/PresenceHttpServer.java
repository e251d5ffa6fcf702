package dev.presence.examples;

import com.sun.net.httpserver.HttpServer;
import dev.presence.Presence;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Answers for a {@link Presence} over HTTP, from {@link #start} to {@link #close()}. It does not
 * own the store: whoever opened that closes it, after this server. Safe for use by several threads.
 */
public final class PresenceHttpServer implements AutoCloseable {

  /** Enough that some slow clients do not keep the quick ones waiting; made only when needed. */
  private static final int MAX_THREADS = 256;

  private static final int BACKLOG = 1_024;
  private static final long CLOSE_SECONDS = 5;

  static {
    // The JDK's server reads these once per JVM, when the first server is made. -D goes first.
    setDefault("sun.net.httpserver.nodelay", "true"); // or small answers wait 40 ms for an ACK
    setDefault("sun.net.httpserver.maxReqTime", "10"); // seconds to send a request
    setDefault("sun.net.httpserver.maxRspTime", "10"); // seconds to take the answer
    setDefault("sun.net.httpserver.maxIdleConnections", "10000"); // kept open between requests
    setDefault("sun.net.httpserver.drainAmount", "1048576"); // so that a 413 can be read
  }

  private final HttpServer http;
  private final ThreadPoolExecutor executor;

  private PresenceHttpServer(HttpServer http, ThreadPoolExecutor executor) {
    this.http = http;
    this.executor = executor;
  }

  /**
   * Starts to answer.
   *
   * @param address where to listen; port 0 is any free one
   * @param presence what to answer from
   * @return a running server
   * @throws IOException if the address cannot be listened on
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
   * Where this server listens.
   *
   * @return the address, with the real port
   */
  public InetSocketAddress address() {
    return http.getAddress();
  }

  /**
   * Turns new requests away, lets those that have begun finish for up to 5 seconds, then closes
   * every connection.
   */
  @Override
  public void close() {
    // HttpServer.stop(5) would wait out the whole time on JDK 17 even when nothing is under way.
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
