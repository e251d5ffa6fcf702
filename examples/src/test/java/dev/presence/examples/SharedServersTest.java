package dev.presence.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two services that share their users through Redis. */
@Timeout(180)
class SharedServersTest {

  private static final String ALONE = "{\"status\":\"ok\",\"replication\":\"lost\"}";
  private static final String LINKED = "{\"status\":\"ok\",\"replication\":\"linked\"}";

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void usersOfOne_areSeenAtTheOther_andEachGoesOnAlone() throws Exception {
    try (LocalRedis redis = Redis.started();
        JavaProcess one = start(redis);
        JavaProcess other = start(redis)) {
      String password = redis.uri().replaceAll(".*:(.*)@.*", "$1");
      URI first = address(one, redis, password);
      URI second = address(other, redis, password);
      awaitAnswer(first, "/healthz", LINKED);
      awaitAnswer(second, "/healthz", LINKED);

      try (InputStream stream = events(second, "7,8")) {
        BufferedReader events = new BufferedReader(new InputStreamReader(stream, UTF_8));
        assertThat(events.readLine()).isEqualTo("event: snapshot"); // the page is told of nobody
        beat(first, 7);
        awaitAnswer(second, "/status/users?ids=7,8", "{\"7\":true,\"8\":false}");
        awaitEvent(events, "online", 7);

        redis.kill();
        awaitAnswer(first, "/healthz", ALONE);
        awaitAnswer(second, "/healthz", ALONE);
        beat(first, 8);
        assertThat(get(first, "/status/users?ids=7,8")).isEqualTo("{\"7\":true,\"8\":true}");

        redis.start();
        awaitEvent(events, "online", 8);
        awaitAnswer(second, "/healthz", LINKED);
        do { // a heartbeat at the other node within the same exchange interval wins
          signOut(second, 8);
        } while (get(first, "/status/users?ids=8").equals("{\"8\":true}"));
        awaitEvent(events, "offline", 8);
      }
      one.terminate();
      other.terminate();
      for (JavaProcess server : new JavaProcess[] {one, other}) {
        assertThat(server.exitCode()).isEqualTo(143);
        assertThat(server.readLines()).isEmpty();
        assertThat(server.stderr()).contains("this node goes on alone").doesNotContain(password);
      }
    }
  }

  private static JavaProcess start(LocalRedis redis) throws IOException {
    return JavaProcess.start(
        PresenceServer.class, "--redis=" + redis.uri(), "--redis-prefix=chat", "0");
  }

  /** Reads what a server prints at its start. */
  private static URI address(JavaProcess server, LocalRedis redis, String password)
      throws IOException {
    String line = server.readLine();
    assertThat(line).startsWith("presence server listens on http://");
    assertThat(server.readLine())
        .isEqualTo(
            "it shares its users through "
                + redis.uri().replace(":" + password + "@", "")
                + " (keys chat:log:*)");
    assertThat(server.readLine()).isEqualTo("press Ctrl-C to stop it");
    return URI.create(line.substring(line.indexOf("http:")));
  }

  /** Asks again and again; the test's timeout ends that. */
  private void awaitAnswer(URI server, String path, String answer) throws Exception {
    String last = get(server, path);
    while (!last.equals(answer)) {
      last = get(server, path);
    }
  }

  private static void awaitEvent(BufferedReader events, String name, long userId)
      throws IOException {
    String line = events.readLine();
    while (!line.equals("event: " + name)) {
      line = events.readLine();
    }
    assertThat(events.readLine()).startsWith("data: {\"user_id\":\"" + userId + "\",");
  }

  private String get(URI server, String path) throws Exception {
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(server.resolve(path)).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private InputStream events(URI server, String ids) throws Exception {
    URI uri = server.resolve("/events?ids=" + ids);
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream()).body();
  }

  private void beat(URI server, long userId) throws Exception {
    HttpRequest heartbeat =
        HttpRequest.newBuilder(server.resolve("/heartbeat"))
            .POST(BodyPublishers.ofString("{\"user_id\":" + userId + "}"))
            .build();
    assertThat(client.send(heartbeat, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
  }

  private void signOut(URI server, long userId) throws Exception {
    HttpRequest disconnect =
        HttpRequest.newBuilder(server.resolve("/disconnect/" + userId))
            .POST(BodyPublishers.noBody())
            .build();
    assertThat(client.send(disconnect, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
  }
}
