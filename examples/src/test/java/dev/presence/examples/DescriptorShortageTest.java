package dev.presence.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** More clients come than the process may open sockets; the server lives on and serves again. */
@Timeout(180)
class DescriptorShortageTest {

  private static final int OPEN_FILES = 160;

  @Test
  void presenceServer_withoutDescriptors_servesAgainAfterwards() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "a shell that sets the limit");
    try (JavaProcess server =
        JavaProcess.startWithOpenFiles(OPEN_FILES, PresenceServer.class, "0")) {
      int port = URI.create(server.readLine().replaceAll(".*(http:.*)", "$1")).getPort();
      List<Socket> clients = new ArrayList<>();
      try (Socket kept = connect(port)) {
        for (int i = 0; i < OPEN_FILES; i++) {
          clients.add(connect(port));
        }
        server.awaitLine("Too many open files");

        // Who is connected goes on, although nobody has called any route before.
        assertThat(ask(kept, "POST /heartbeat")).startsWith("HTTP/1.1 204 ");
        assertThat(ask(kept, "GET /status/users?ids=1")).startsWith("HTTP/1.1 200 ");
        assertThat(ask(kept, "GET /count")).startsWith("HTTP/1.1 200 ");
        assertThat(ask(kept, "DELETE /heartbeat/1")).startsWith("HTTP/1.1 204 ");
      } finally {
        for (Socket client : clients) {
          client.close();
        }
      }

      for (String request :
          List.of(
              "POST /heartbeat",
              "GET /status/users?ids=1",
              "GET /lastseen/users?ids=1",
              "GET /count",
              "GET /healthz",
              "GET /metrics",
              "GET /openapi.json",
              "GET /events?ids=1",
              "GET /",
              "GET /page/page.js",
              "POST /disconnect/1",
              "GET /nowhere",
              "DELETE /heartbeat/1",
              "nonsense")) {
        try (Socket client = connect(port)) {
          assertThat(ask(client, request)).startsWith("HTTP/1.1 ").doesNotContain("HTTP/1.1 5");
        }
      }
      server.terminate();
      assertThat(server.exitCode()).isEqualTo(143);
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(60_000);
    return socket;
  }

  /** Sends a request and returns the start of the answer, of which the rest is thrown away. */
  private static String ask(Socket socket, String request) throws IOException {
    socket
        .getOutputStream()
        .write(
            (request + " HTTP/1.1\r\nHost: x\r\nContent-Length: 13\r\n\r\n{\"user_id\":1}")
                .getBytes(UTF_8));
    byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 200 ".length());
    socket.getInputStream().skipNBytes(socket.getInputStream().available());
    return new String(start, UTF_8);
  }
}
