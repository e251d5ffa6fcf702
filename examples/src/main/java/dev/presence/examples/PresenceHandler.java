package dev.presence.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.presence.Presence;
import dev.presence.PresenceBuilder;
import dev.presence.PresenceFullException;
import java.io.IOException;

/**
 * The four routes. Every body is JSON; a refused request gets {@code {"error":"..."}}, which states
 * the rule and then the value. Safe for use by any number of threads, like the store.
 */
final class PresenceHandler implements HttpHandler {

  static final int MAX_BODY_BYTES = 1_024;

  private static final byte[] NO_BODY = {};
  private static final byte[] OK = Responses.field("status", "ok");

  private final Presence presence;

  PresenceHandler(Presence presence) {
    this.presence = presence;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    int status = 200;
    byte[] body;
    try {
      body = answer(exchange);
      if (body.length == 0) {
        status = 204;
      }
    } catch (HttpProblem e) {
      status = e.status();
      body = Responses.field("error", e.getMessage());
    } catch (PresenceFullException e) {
      // Room comes back as users expire and the next sweep removes them.
      long seconds = PresenceBuilder.DEFAULT_SWEEP_INTERVAL.toSeconds();
      exchange.getResponseHeaders().set("Retry-After", Long.toString(seconds));
      status = 503;
      body = Responses.field("error", e.getMessage());
    }
    send(exchange, status, body);
  }

  private byte[] answer(HttpExchange exchange) throws IOException, HttpProblem {
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/heartbeat" -> {
        checkMethod(exchange, "POST");
        presence.recordHeartbeat(Requests.userId(readBody(exchange)));
        return NO_BODY;
      }
      case "/status/users" -> {
        checkMethod(exchange, "GET", "HEAD");
        long[] userIds = Requests.ids(exchange.getRequestURI().getRawQuery());
        return Responses.status(userIds, presence.statusOf(userIds));
      }
      case "/lastseen/users" -> {
        checkMethod(exchange, "GET", "HEAD");
        long[] userIds = Requests.ids(exchange.getRequestURI().getRawQuery());
        return Responses.lastSeen(userIds, presence.lastSeenOf(userIds));
      }
      case "/healthz" -> {
        checkMethod(exchange, "GET", "HEAD");
        return OK;
      }
      default ->
          throw new HttpProblem(
              404,
              "path must be /heartbeat, /status/users, /lastseen/users or /healthz: path=" + path);
    }
  }

  private static void checkMethod(HttpExchange exchange, String... allowed) throws HttpProblem {
    String method = exchange.getRequestMethod();
    for (String each : allowed) {
      if (each.equals(method)) {
        return;
      }
    }
    exchange.getResponseHeaders().set("Allow", String.join(", ", allowed));
    throw new HttpProblem(
        405, "method must be " + String.join(" or ", allowed) + ": method=" + method);
  }

  private static byte[] readBody(HttpExchange exchange) throws IOException, HttpProblem {
    String declared = exchange.getRequestHeaders().getFirst("Content-Length");
    // A body announced as too large is refused at once; any other, once too much has arrived.
    if (declared != null && Long.parseLong(declared) > MAX_BODY_BYTES) {
      throw tooLarge("Content-Length=" + declared);
    }
    byte[] body;
    try {
      body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    } catch (IOException e) {
      // Bad chunks, or the client has gone; then sending the answer fails too, which hurts nobody.
      exchange.getResponseHeaders().set("Connection", "close");
      throw HttpProblem.badRequest("body must be complete: " + e.getMessage());
    }
    if (body.length > MAX_BODY_BYTES) {
      throw tooLarge("Content-Length=unknown");
    }
    if (declared != null && body.length < Long.parseLong(declared)) {
      throw HttpProblem.badRequest(
          "body must be complete: Content-Length=" + declared + " received=" + body.length);
    }
    return body;
  }

  private static HttpProblem tooLarge(String value) {
    return new HttpProblem(413, "body must be at most " + MAX_BODY_BYTES + " bytes: " + value);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    if (body.length > 0) {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
    }
    if (isHead) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
    }
    // -1 means no body; any other length is exact, so the answer is never chunked.
    exchange.sendResponseHeaders(status, isHead || body.length == 0 ? -1 : body.length);
    if (!isHead && body.length > 0) {
      exchange.getResponseBody().write(body);
      exchange.getResponseBody().flush();
    }
    // Reads what the client still sends, up to drainAmount, so that the connection can be kept.
    // This comes last: the client may wait for the answer.
    exchange.close();
  }
}
