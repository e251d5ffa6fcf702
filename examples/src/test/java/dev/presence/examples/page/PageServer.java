package dev.presence.examples.page;

import dev.presence.Presence;
import dev.presence.examples.http.PresenceHttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server of pages in this JVM, with the clock of the system, as browsers have it. */
final class PageServer implements AutoCloseable {

  /** A window that no test lives long enough to see the end of. */
  static final Duration LONG_WINDOW = Duration.ofMinutes(2);

  /** Short enough to wait for its end, and longer than a page whose timers are fast is silent. */
  static final Duration SHORT_WINDOW = Duration.ofSeconds(3);

  private final Duration window;
  private final ScheduledExecutorService phones = Executors.newSingleThreadScheduledExecutor();
  private volatile Presence presence;
  private PresenceHttpServer server;

  PageServer(Duration window) throws IOException {
    this.window = window;
    start(0);
  }

  private void start(int port) throws IOException {
    presence =
        Presence.builder()
            .onlineWindow(window)
            .retention(Duration.ofDays(1))
            .maxUsers(1_000)
            .open();
    server =
        PresenceHttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), presence);
  }

  /** Stops; what it knew is gone. */
  void stop() {
    server.close();
    presence.close();
  }

  /** Starts again on the same port, and knows nobody. */
  void restart() throws IOException {
    start(server.address().getPort());
  }

  URI page(long me, String friends) {
    return page("?me=" + me + "&friends=" + friends);
  }

  URI page(String query) {
    return URI.create("http://127.0.0.1:" + server.address().getPort() + "/" + query);
  }

  /** Beats for a user who has no page, until the server is closed. */
  void startPhone(long userId) {
    Future<?> unused =
        phones.scheduleAtFixedRate(
            () -> presence.recordHeartbeat(userId), 0, 500, TimeUnit.MILLISECONDS);
  }

  /** Waits for a heartbeat that is at least so many seconds later than now. */
  void awaitHeartbeat(long userId, long secondsFromNow) {
    long wanted = Instant.now().getEpochSecond() + secondsFromNow;
    long start = System.nanoTime();
    while (presence.lastSeen(userId) < wanted) {
      if (System.nanoTime() - start > Browser.LIMIT.toNanos()) {
        throw new AssertionError("no heartbeat within " + Browser.LIMIT + ": userId=" + userId);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  @Override
  public void close() {
    phones.shutdownNow();
    stop();
  }
}
