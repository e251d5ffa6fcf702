package dev.presence.examples.http;

import static dev.presence.examples.http.ServerFixture.assertError;
import static dev.presence.examples.http.ServerFixture.assertOk;
import static dev.presence.examples.http.ServerFixture.readAll;
import static dev.presence.examples.http.ServerFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages of another origin may call the server if an option says so, and only then. */
class CorsTest {

  private static final String ORIGIN = "https://www.example.org:8443";

  @Test
  void noOrigin_givesNoPermission() throws Exception {
    try (ServerFixture fixture = new ServerFixture(1_000)) {
      assertThat(fixture.get("/healthz").headers().map().keySet())
          .noneMatch(name -> name.startsWith("access-control"));
      assertError(options(fixture, "/heartbeat"), 405, "method must be POST: method=OPTIONS");
    }
  }

  @Test
  void origin_isPermittedInEveryAnswer() throws Exception {
    try (ServerFixture fixture =
        new ServerFixture(1, ServerOptions.DEFAULT.withCorsOrigin(ORIGIN))) {
      assertOk(allowed(fixture.get("/healthz")), "{\"status\":\"ok\"}");
      assertThat(allowed(fixture.post("{\"user_id\":1}")).statusCode()).isEqualTo(204);
      assertThat(allowed(fixture.get("/nowhere")).statusCode()).isEqualTo(404);
      HttpResponse<String> full = allowed(fixture.post("{\"user_id\":2}"));
      assertThat(full.statusCode()).isEqualTo(503);
      // A page sees no other header than those that are named.
      assertThat(full.headers().firstValue("Access-Control-Expose-Headers"))
          .contains("Retry-After");
      try (Socket socket = fixture.connect()) {
        write(socket, "nonsense", "", "");
        assertThat(readAll(socket))
            .containsIgnoringCase("\r\nAccess-Control-Allow-Origin: " + ORIGIN + "\r\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/heartbeat", "/heartbeat/1", "/status/users", "/count"})
  void preflight_ofAnyRoute_isAnswered(String path) throws Exception {
    try (ServerFixture fixture =
        new ServerFixture(1_000, ServerOptions.DEFAULT.withCorsOrigin("*"))) {
      HttpResponse<String> response = options(fixture, path);

      assertThat(response.statusCode()).isEqualTo(204);
      assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
      assertThat(response.headers().firstValue("Access-Control-Allow-Methods"))
          .contains("POST, DELETE, GET");
      assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
          .contains("Content-Type");
      assertThat(response.headers().firstValue("Allow").orElseThrow()).endsWith(", OPTIONS");
      assertThat(options(fixture, "/nowhere").statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "https://example.org/",
        "https://",
        "null",
        "https://a b",
        "a\r\nb"
      })
  void origin_thatNoBrowserSends_isRefused(String origin) {
    assertThatThrownBy(() -> ServerOptions.DEFAULT.withCorsOrigin(origin))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cors-origin must be * or a scheme and a host: cors-origin=" + origin);
  }

  private static HttpResponse<String> allowed(HttpResponse<String> response) {
    assertThat(response.headers().allValues("Access-Control-Allow-Origin")).containsExactly(ORIGIN);
    return response;
  }

  private static HttpResponse<String> options(ServerFixture fixture, String path) throws Exception {
    return fixture.send("OPTIONS", path, BodyPublishers.noBody());
  }
}
