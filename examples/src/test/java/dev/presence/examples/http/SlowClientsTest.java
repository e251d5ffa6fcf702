package dev.presence.examples.http;

import static dev.presence.examples.http.ServerFixture.readAll;
import static dev.presence.examples.http.ServerFixture.readUntil;
import static dev.presence.examples.http.ServerFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send half a request, or drip it, or say nothing, or do not take their answers. */
@Timeout(60)
class SlowClientsTest {

  private static final int CONNECTIONS = 2_000;

  /** Descriptors that this JVM may need for something else meanwhile. */
  private static final int SPARE = 300;

  private static final String HEARTBEAT = "{\"user_id\":42}";

  private static final ServerOptions IMPATIENT =
      new ServerOptions("", Duration.ofMillis(400), Duration.ofSeconds(60));

  /** What the slow connections send before they fall silent. */
  private static final List<String> HALVES =
      List.of(
          "",
          "POST /heart",
          "POST /heartbeat HTTP/1.1\r\nHost: x\r\nContent-Le",
          "POST /heartbeat HTTP/1.1\r\nHost: x\r\nContent-Length: 14\r\n\r\n{\"user",
          "POST /heartbeat HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\ne\r\n{\"user");

  @Test
  void slowConnections_byTheThousand_delayNobody() throws Exception {
    int connections = connections();
    List<Socket> slow = new ArrayList<>();
    try (ServerFixture fixture =
        new ServerFixture(
            1_000, new ServerOptions("", Duration.ofMinutes(5), Duration.ofMinutes(5)))) {
      try {
        for (int i = 0; i < connections; i++) {
          Socket socket = fixture.connect();
          slow.add(socket);
          write(socket, HALVES.get(i % HALVES.size()));
        }

        assertThat(fastestOfFive(fixture)).isLessThan(Duration.ofSeconds(1));
        // None has been closed to make room: the last bytes still complete the requests.
        for (int i = 3; i < connections; i += HALVES.size()) {
          write(slow.get(i), "_id\":42}");
          assertThat(readUntil(slow.get(i), "\r\n\r\n")).startsWith("HTTP/1.1 204 ");
        }
      } finally {
        for (Socket socket : slow) {
          socket.close();
        }
      }
    }
  }

  /** A new connection and a heartbeat; a busy machine may delay some, but not all of them. */
  private static Duration fastestOfFive(ServerFixture fixture) throws IOException {
    Duration fastest = Duration.ofDays(1);
    for (int i = 0; i < 5; i++) {
      long start = System.nanoTime();
      try (Socket socket = fixture.connect()) {
        write(
            socket,
            "POST /heartbeat HTTP/1.1",
            "Host: x",
            "Connection: close",
            "Content-Length: 14",
            "",
            HEARTBEAT);
        assertThat(readAll(socket)).startsWith("HTTP/1.1 204 ");
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      fastest = took.compareTo(fastest) < 0 ? took : fastest;
    }
    return fastest;
  }

  /** As many as the descriptors allow; each connection takes two, as both ends are in this JVM. */
  private static int connections() {
    if (!(ManagementFactory.getOperatingSystemMXBean()
        instanceof UnixOperatingSystemMXBean system)) {
      return CONNECTIONS;
    }
    long free = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount() - SPARE;
    int connections = (int) Math.max(0, Math.min(CONNECTIONS, free / 2));
    if (connections < CONNECTIONS) {
      System.out.println(
          "SlowClientsTest: the limit of open files allows fewer connections than "
              + CONNECTIONS
              + ": connections="
              + connections);
    }
    assumeTrue(connections >= 300, "at least 300 connections, which were too many once");
    return connections;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P",
        "POST /heart",
        "POST /heartbeat HTTP/1.1\r\nHost: x\r\nContent-Length: 14\r\n\r\n{",
        "POST /heartbeat HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5",
      })
  void halfARequest_neverFinished_isRefused(String half) throws Exception {
    try (ServerFixture fixture = new ServerFixture(1_000, IMPATIENT);
        Socket socket = fixture.connect()) {
      write(socket, half);

      assertThat(readAll(socket))
          .startsWith("HTTP/1.1 408 ")
          .endsWith("\r\n\r\n{\"error\":\"request must be complete in time\"}");
    }
  }

  @Test
  void request_drippingByteByByte_isRefused() throws Exception {
    try (ServerFixture fixture = new ServerFixture(1_000, IMPATIENT);
        Socket socket = fixture.connect()) {
      write(socket, "GET /healthz HTTP/1.1\r\nHost: x\r\n");
      ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
      try {
        Future<?> dripping =
            clock.scheduleAtFixedRate(
                () -> drip(socket), 0, 50, TimeUnit.MILLISECONDS); // until it throws

        assertThat(readUntil(socket, "\"}")).startsWith("HTTP/1.1 408 ");
        // It hangs up although bytes still come.
        assertThatThrownBy(dripping::get).hasRootCauseInstanceOf(IOException.class);
      } finally {
        clock.shutdownNow();
      }
    }
  }

  private static void drip(Socket socket) {
    try {
      write(socket, "a: b\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void bodyRefused_thatGoesOnForEver_isClosed() throws Exception {
    try (ServerFixture fixture = new ServerFixture(1_000, IMPATIENT);
        Socket socket = fixture.connect()) {
      write(socket, "POST /heartbeat HTTP/1.1", "Host: x", "Content-Length: 99999999999", "", "x");

      assertThat(readAll(socket)).startsWith("HTTP/1.1 413 ").containsOnlyOnce("HTTP/1.1");
    }
  }

  @Test
  void connection_idle_isClosedSilently() throws Exception {
    ServerOptions options = new ServerOptions("", Duration.ofSeconds(2), Duration.ofMillis(400));
    try (ServerFixture fixture = new ServerFixture(1_000, options);
        Socket silent = fixture.connect();
        Socket kept = fixture.connect()) {
      write(kept, "GET /healthz HTTP/1.1", "Host: x", "", "");
      assertThat(readUntil(kept, "}")).startsWith("HTTP/1.1 200 ");

      assertThat(readAll(silent)).isEmpty();
      assertThat(readAll(kept)).isEmpty();
    }
  }

  @Test
  void answers_neverTaken_closeTheConnection() throws Exception {
    String request = "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n";
    try (ServerFixture fixture = new ServerFixture(1_000, IMPATIENT);
        Socket socket = fixture.connect()) {
      // Without reading; the buffers on the way hold some megabytes, and then the server waits.
      try {
        while (true) {
          write(socket, request.repeat(1_000));
        }
      } catch (SocketException e) {
        assertThat(fixture.get("/healthz").statusCode()).isEqualTo(200);
      }
    }
  }
}
