package dev.presence.examples.http;

import static dev.presence.examples.http.ServerFixture.readAll;
import static dev.presence.examples.http.ServerFixture.readUntil;
import static dev.presence.examples.http.ServerFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that no well-behaved client sends, kept connections, and how the server stops. */
class PresenceServerSocketTest {

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

  @Test
  void halfABody_thenEnd_isRefused() throws Exception {
    try (Socket socket = fixture.connect()) {
      // The bytes that arrive form a heartbeat, but the client announced more of them.
      write(socket, "POST /heartbeat HTTP/1.1", "Host: x", "Content-Length: 20", "", HEARTBEAT);
      socket.shutdownOutput();

      assertThat(readAll(socket))
          .startsWith("HTTP/1.1 400 ")
          .endsWith("{\"error\":\"request must be complete\"}");
      assertThat(fixture.presence.isOnline(42)).isFalse();
    }
  }

  @Test
  void chunkedBody_isRead() throws Exception {
    try (Socket socket = fixture.connect()) {
      write(
          socket,
          "POST /heartbeat HTTP/1.1",
          "Host: x",
          "Transfer-Encoding: chunked",
          "Connection: close",
          "",
          "a",
          "{\"user_id\"",
          "4",
          ":42}",
          "0",
          "",
          "");

      assertThat(readAll(socket)).startsWith("HTTP/1.1 204 ");
      assertThat(fixture.presence.isOnline(42)).isTrue();
    }
  }

  @Test
  void bodyTooLarge_isRefusedBeforeItIsSent() throws Exception {
    try (Socket socket = fixture.connect()) {
      write(socket, "POST /heartbeat HTTP/1.1", "Host: x", "Content-Length: 99999999999", "", "");

      assertThat(readUntil(socket, "\"}"))
          .startsWith("HTTP/1.1 413 ")
          .endsWith(
              "{\"error\":\"body must be at most 131072 bytes: Content-Length=99999999999\"}");
    }
  }

  @Test
  void connection_isKeptAfterEveryKindOfAnswer() throws Exception {
    String tooLarge = " ".repeat(200_000);
    try (Socket socket = fixture.connect()) {
      write(socket, "POST /heartbeat HTTP/1.1", "Host: x", "Content-Length: 14", "", HEARTBEAT);
      assertThat(readUntil(socket, "\r\n\r\n")).startsWith("HTTP/1.1 204 ");
      write(socket, "POST /heartbeat HTTP/1.1", "Host: x", "Content-Length: 200000", "", tooLarge);
      assertThat(readUntil(socket, "\"}")).startsWith("HTTP/1.1 413 ");
      write(socket, "PUT /heartbeat HTTP/1.1", "Host: x", "Content-Length: 14", "", HEARTBEAT);
      assertThat(readUntil(socket, "\"}")).startsWith("HTTP/1.1 405 ");
      write(socket, "HEAD /healthz HTTP/1.1", "Host: x", "", "");
      assertThat(readUntil(socket, "\r\n\r\n")).startsWith("HTTP/1.1 200 ");
      write(socket, "GET /nowhere HTTP/1.1", "Host: x", "", "");
      assertThat(readUntil(socket, "\"}")).startsWith("HTTP/1.1 404 ");
      write(socket, "GET /status/users?ids=42 HTTP/1.1", "Host: x", "Connection: close", "", "");
      assertThat(readAll(socket)).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n{\"42\":true}");
    }
  }

  @Test
  void close_withARequestUnderWay_answersItAndNoOther() throws Exception {
    try (Socket socket = fixture.connect()) {
      write(
          socket,
          "POST /heartbeat HTTP/1.1",
          "Host: x",
          "Expect: 100-continue",
          "Content-Length: 14",
          "",
          "");
      // The server asks for the body, so the request is under way.
      assertThat(readUntil(socket, "\r\n\r\n")).startsWith("HTTP/1.1 100 ");

      Thread closing = new Thread(fixture.server::close);
      closing.start();
      while (!healthz().isEmpty()) {
        Thread.onSpinWait();
      }
      write(socket, HEARTBEAT);

      assertThat(readAll(socket)).startsWith("HTTP/1.1 204 ");
      closing.join();
      assertThat(fixture.presence.isOnline(42)).isTrue();
    }
  }

  @Test
  void close_twice_refusesConnections() {
    fixture.server.close();
    fixture.server.close();

    assertThatThrownBy(fixture::connect).isInstanceOf(ConnectException.class);
  }

  /** Returns the answer, or an empty string if the server hangs up. */
  private String healthz() throws IOException {
    try (Socket socket = fixture.connect()) {
      write(socket, "GET /healthz HTTP/1.1", "Host: x", "Connection: close", "", "");
      return readAll(socket);
    } catch (SocketException e) {
      return "";
    }
  }
}
