package dev.presence.examples.http;

import static dev.presence.examples.http.ServerFixture.readAll;
import static dev.presence.examples.http.ServerFixture.readUntil;
import static dev.presence.examples.http.ServerFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the server cannot take, before any route sees them: all are answered in JSON. */
class FramingTest {

  private static final String HEARTBEAT = "{\"user_id\":42}";

  private ServerFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new ServerFixture(1_000);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zz",
        "",
        " ",
        "-e",
        "+e",
        "0xe",
        "e g",
        "e e",
        " e",
        "\te",
        "eg",
        "e,",
        "e\u0000",
        "ffffffff",
        "8000000e",
        "10000000e",
        "1000000000000000e",
        "fffffffffffffffffffffffffffffffffff",
      })
  void chunkSize_malformed_isRefused(String size) throws Exception {
    String request =
        "POST /heartbeat HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            + size
            + "\r\n"
            + HEARTBEAT
            + "\r\n0\r\n\r\n";

    assertRefused(400, request);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f\r\n" + HEARTBEAT + "\r\n0\r\n\r\n", // one too many
        "d\r\n" + HEARTBEAT + "\r\n0\r\n\r\n", // one too few
        "e\r\n" + HEARTBEAT + "0\r\n\r\n", // no line end
        "e\n" + HEARTBEAT + "\n0\n\n",
        "e\r\n" + HEARTBEAT + "\n0\r\n\r\n",
      })
  void chunks_withoutTheirLineEnds_areRefused(String chunks) throws Exception {
    assertRefused(
        400, "POST /heartbeat HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET\r\n\r\n",
        "GET /healthz\r\n\r\n",
        "GET /healthz HTTP\r\nHost: x\r\n\r\n",
        "GET /healthz HTTP/1.1 \u0000\r\nHost: x\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        "GET /status/users?ids=%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET /status/users?ids=1|2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        "POST /heartbeat HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        "POST /heartbeat HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        "POST /heartbeat HTTP/1.1\r\nHost: x\r\nContent-Length: +14\r\n\r\n" + HEARTBEAT,
        "POST /heartbeat HTTP/1.1\r\nHost: x\r\nContent-Length: 14, 15\r\n\r\n" + HEARTBEAT,
        "POST /heartbeat HTTP/1.1\r\nHost: x\r\nContent-Length: 14\r\nContent-Length: 1\r\n\r\n"
            + HEARTBEAT,
        "POST /heartbeat HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n\r\n", // TLS
      })
  void notHttp_isRefused(String request) throws Exception {
    assertRefused(400, request);
  }

  @Test
  void lengthAndChunks_together_areNotMixedUp() throws Exception {
    try (Socket socket = fixture.connect()) {
      write(
          socket,
          "POST /heartbeat HTTP/1.1",
          "Host: x",
          "Content-Length: 4",
          "Transfer-Encoding: chunked",
          "",
          "e",
          HEARTBEAT,
          "0",
          "",
          "GET /smuggled HTTP/1.1",
          "Host: x",
          "",
          "");

      // What follows such a request may have been written by somebody else.
      assertThat(readAll(socket)).startsWith("HTTP/1.1 400 ").doesNotContain("smuggled");
    }
  }

  @Test
  void transferEncoding_unknown_isRefused() throws Exception {
    assertRefused(
        501, "POST /heartbeat HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n");
  }

  @Test
  void version_unknown_isRefused() throws Exception {
    assertRefused(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    assertRefused(505, "GET /healthz HTTP/3.7\r\nHost: x\r\n\r\n");
  }

  @Test
  void expectation_unknown_isRefused() throws Exception {
    assertRefused(
        417, "POST /heartbeat HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: tea\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {32_768, 200_000, 2_000_000})
  void line_tooLong_isRefused(int length) throws Exception {
    assertRefused(414, "GET /" + "a".repeat(length));
    assertRefused(414, "GET /" + "a".repeat(length) + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {8_192, 200_000, 2_000_000})
  void headers_tooLong_areRefused(int length) throws Exception {
    String start = "GET /healthz HTTP/1.1\r\nHost: x\r\n";
    assertRefused(431, start + "a: " + "a".repeat(length));
    assertRefused(431, start + "a: " + "a".repeat(length) + "\r\n\r\n");
    assertRefused(431, start + "a: b\r\n".repeat(length / 4) + "\r\n");
  }

  @Test
  void http10_isAnsweredAndClosed() throws Exception {
    try (Socket socket = fixture.connect()) {
      write(socket, "GET /healthz HTTP/1.0", "", "");

      assertThat(readAll(socket)).startsWith("HTTP/1.1 200 ").endsWith("{\"status\":\"ok\"}");
    }
    try (Socket socket = fixture.connect()) {
      write(socket, "GET /healthz HTTP/1.0", "Connection: keep-alive", "", "");

      assertThat(readUntil(socket, "ok\"}").toLowerCase(Locale.ROOT))
          .contains("connection: keep-alive");
      write(socket, "GET /healthz HTTP/1.0", "", "");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void requests_byTheThousandAtOnce_areAnsweredInOrder() throws Exception {
    int count = 3_000;
    StringBuilder requests = new StringBuilder();
    for (int i = 0; i < count; i++) {
      String path = i % 100 == 0 ? "/count" : "/status/users?ids=" + i;
      requests.append("GET ").append(path).append(" HTTP/1.1\r\nHost: x\r\n\r\n");
    }
    try (Socket socket = fixture.connect()) {
      Thread writer =
          new Thread(
              () -> {
                try {
                  write(socket, requests.toString());
                  socket.shutdownOutput();
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      writer.start();

      for (int i = 0; i < count; i++) {
        String end = i % 100 == 0 ? "\r\n\r\n{\"online\":0}" : "{\"" + i + "\":false}";
        assertThat(readUntil(socket, end)).containsOnlyOnce("HTTP/1.1 ");
      }
      assertThat(readAll(socket)).isEmpty();
      writer.join();
    }
  }

  private void assertRefused(int status, String request) throws IOException {
    try (Socket socket = fixture.connect()) {
      write(socket, request);

      assertThat(readAll(socket))
          .startsWith("HTTP/1.1 " + status + " ")
          .containsOnlyOnce("HTTP/1.1 " + status)
          .containsIgnoringCase("\r\nConnection: close\r\n")
          .containsIgnoringCase("\r\nContent-Type: application/json\r\n")
          .containsIgnoringCase("\r\nCache-Control: no-store\r\n")
          .containsPattern("\r\n\r\n\\{\"error\":\"[^\n]+\"\\}$");
    }
    assertThat(fixture.presence.onlineCount()).isZero();
  }
}
