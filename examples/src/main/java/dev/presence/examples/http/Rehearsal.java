package dev.presence.examples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

/**
 * Calls every route of a server that has just started, so that the JVM loads the classes it needs
 * while there are descriptors for them. A class that cannot be loaded once is missing for ever. No
 * request changes the store. Stateless.
 */
final class Rehearsal {

  private static final int CONNECT_MILLIS = 1_000;
  private static final int READ_MILLIS = 5_000;

  private Rehearsal() {}

  static void run(InetSocketAddress address, List<Route> routes) {
    for (Route route : routes) {
      String path = route.path().replace("{id}", "nobody");
      // What answers by a stream ends that when something follows, and the connection with it.
      call(
          address,
          request(route.method(), path, "nonsense")
              + request("PUT", path, "")
              + request(route.method(), path + "?ids=1", "{\"user_ids\":[]}")
              + "nonsense\r\n\r\n");
    }
    call(address, request("GET", "/nowhere", "") + "nonsense\r\n\r\n");
  }

  private static void call(InetSocketAddress address, String requests) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(READ_MILLIS);
      socket.connect(address, CONNECT_MILLIS);
      socket.getOutputStream().write(requests.getBytes(UTF_8));
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // Whoever forbids the server to call itself loses only the rehearsal.
    }
  }

  private static String request(String method, String target, String body) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: presence\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
