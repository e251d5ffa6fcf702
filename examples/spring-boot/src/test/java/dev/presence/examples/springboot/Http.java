package dev.presence.examples.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client of the application on a port of this machine, with nothing of Spring's in it. */
final class Http {

  /** Far longer than any answer takes; a test that would hang fails instead. */
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String server;

  Http(int port) {
    server = "http://127.0.0.1:" + port;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return post("application/json", body);
  }

  HttpResponse<String> post(String contentType, String body)
      throws IOException, InterruptedException {
    return send(heartbeat(contentType, body));
  }

  CompletableFuture<HttpResponse<String>> postAsync(String body) {
    return client.sendAsync(heartbeat("application/json", body), BodyHandlers.ofString());
  }

  private HttpRequest heartbeat(String contentType, String body) {
    return request("/heartbeat")
        .header("Content-Type", contentType)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server + path))
        .version(HttpClient.Version.HTTP_1_1)
        .timeout(TIMEOUT);
  }

  static void assertJson(HttpResponse<String> response, String body) {
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
  }

  static void assertProblem(HttpResponse<String> response, int status, String detail) {
    assertThat(response.body())
        .contains("\"status\":" + status + ",", "\"detail\":\"" + detail + "\"");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().allValues("Content-Type"))
        .containsExactly("application/problem+json");
  }
}
