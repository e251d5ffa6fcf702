package dev.presence.examples.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.Presence;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;

/** A server in this JVM on a free port, over a store whose clock is set by hand. */
final class ServerFixture implements AutoCloseable {

  static final long START = 1_764_000_000;

  /** Far longer than any answer takes; a test that would hang fails instead. */
  private static final int TIMEOUT_MILLIS = 60_000;

  private final AtomicReference<InstantSource> clock =
      new AtomicReference<>(InstantSource.fixed(Instant.ofEpochSecond(START)));
  private final HttpClient client = HttpClient.newHttpClient();
  final Presence presence;
  final PresenceHttpServer server;

  ServerFixture(long maxUsers) throws IOException {
    this(maxUsers, ServerOptions.DEFAULT);
  }

  ServerFixture(long maxUsers, ServerOptions options) throws IOException {
    presence =
        Presence.builder()
            .retention(Duration.ofMinutes(10))
            .maxUsers(maxUsers)
            .clock(() -> clock.get().instant())
            .open();
    server =
        PresenceHttpServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), presence, options);
  }

  void passSeconds(long seconds) {
    clock.set(InstantSource.fixed(clock.get().instant().plusSeconds(seconds)));
  }

  /** Replaces the clock, and returns the one before. */
  InstantSource setClock(InstantSource next) {
    return clock.getAndSet(next);
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("GET", path, BodyPublishers.noBody());
  }

  HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return send("POST", "/heartbeat", BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + server.address().getPort() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .version(HttpClient.Version.HTTP_1_1)
            .timeout(Duration.ofMillis(TIMEOUT_MILLIS))
            .method(method, body)
            .build();
    return client.send(request, BodyHandlers.ofString());
  }

  Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    socket.setSoTimeout(TIMEOUT_MILLIS);
    return socket;
  }

  /** Sends the lines with CRLF between them, as they are. */
  static void write(Socket socket, String... lines) throws IOException {
    socket.getOutputStream().write(String.join("\r\n", lines).getBytes(UTF_8));
  }

  /** Reads until the server closes the connection. */
  static String readAll(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  /** Reads up to and including the given end. */
  static String readUntil(Socket socket, String end) throws IOException {
    byte[] awaited = end.getBytes(UTF_8);
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    do {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new EOFException("closed after: " + read.toString(UTF_8));
      }
      read.write(next);
    } while (!endsWith(read.toByteArray(), awaited));
    return read.toString(UTF_8);
  }

  private static boolean endsWith(byte[] read, byte[] end) {
    int start = read.length - end.length;
    return start >= 0 && Arrays.equals(read, start, read.length, end, 0, end.length);
  }

  static void assertOk(HttpResponse<String> response, String body) {
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
  }

  static void assertError(HttpResponse<String> response, int status, String error) {
    String escaped =
        error.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t");
    assertThat(response.body()).isEqualTo("{\"error\":\"" + escaped + "\"}");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
  }

  @Override
  public void close() {
    server.close();
    presence.close();
  }
}
