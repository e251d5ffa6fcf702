package dev.presence.examples.http;

import static dev.presence.examples.http.ServerFixture.assertError;
import static dev.presence.examples.http.ServerFixture.assertOk;
import static dev.presence.examples.http.ServerFixture.readUntil;
import static dev.presence.examples.http.ServerFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes that read, and what every route refuses, message by message. */
class PresenceServerTest {

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
  void status_ofUsers_followsTheWindow() throws Exception {
    fixture.post("{\"user_id\":1}");
    fixture.passSeconds(29);
    assertOk(fixture.get("/status/users?ids=1,2,3"), "{\"1\":true,\"2\":false,\"3\":false}");

    fixture.passSeconds(1);
    assertOk(fixture.get("/status/users?ids=1"), "{\"1\":false}");
  }

  @Test
  void status_idsTwice_answersEachOnceInOrder() throws Exception {
    assertOk(fixture.get("/status/users?ids=3,1,3,1,2"), "{\"3\":false,\"1\":false,\"2\":false}");
  }

  @Test
  void status_escapedCommaAndOtherParameters_areAccepted() throws Exception {
    assertOk(fixture.get("/status/users?v=2&ids=1%2C-2&x&ids2=9"), "{\"1\":false,\"-2\":false}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ids=1&ids=-2",
        "ids=1,-2",
        "ids=1&x=7&ids=-2&ids=1",
        "ids=%31&ids=%2D2",
        "%69ds=1%2c-2",
      })
  void status_anyFormOfTheSameIds_isUnderstood(String query) throws Exception {
    assertOk(fixture.get("/status/users?" + query), "{\"1\":false,\"-2\":false}");
  }

  @Test
  void status_thousandIdsInAsManyParameters_areAnswered() throws Exception {
    String longest = "&ids=" + Long.MIN_VALUE;

    assertOk(
        fixture.get("/status/users?" + "x&".repeat(2_000) + longest.repeat(1_000)),
        "{\"-9223372036854775808\":false}");
    assertError(
        fixture.get("/status/users?" + "&ids=1".repeat(1_001)),
        400,
        "ids must be at most 1000: number of ids=1001");
  }

  @Test
  void ids_inAnswers_areStrings() throws Exception {
    // JavaScript's numbers would make 9007199254740993 of this one 9007199254740992.
    assertOk(fixture.get("/status/users?ids=9007199254740993"), "{\"9007199254740993\":false}");
    assertOk(fixture.get("/lastseen/users?ids=9007199254740993"), "{\"9007199254740993\":null}");
  }

  @Test
  void status_thousandIds_areAnswered() throws Exception {
    String ids = ids(1_000);

    assertThat(fixture.get("/status/users?ids=" + ids).body())
        .startsWith("{\"1\":false,")
        .hasSize(
            "{}".length() + 1_000 * "\"\":false,".length() - 1 + ids.replace(",", "").length());
    assertError(
        fixture.get("/status/users?ids=" + ids(1_001)),
        400,
        "ids must be at most 1000: number of ids=1001");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ids=abc                  | ids must be longs: ids=abc
          ids=1,,2                 | ids must be longs: ids=
          ids=1,                   | ids must be longs: ids=
          ids=1,+2                 | ids must be longs: ids= 2
          ids=1,%2B2               | ids must be longs: ids=+2
          ids=1.5                  | ids must be longs: ids=1.5
          ids=007                  | ids must be longs: ids=007
          ids=-0                   | ids must be longs: ids=-0
          ids=%D9%A1               | ids must be longs: ids=\u0661
          ids=9223372036854775808  | ids must be longs: ids=9223372036854775808
          ids=%22                  | ids must be longs: ids="
          ids=                     | ids must not be empty: ids=
          ids                      | ids must not be empty: ids=
          id=1                     | ids must be given: query=id=1
          ids=1&ids=               | ids must be longs: ids=
          ids=1&ids=x              | ids must be longs: ids=x
          ids=%FF                  | ids must be longs: ids=\ufffd
          ids=%3Cscript%3E         | ids must be longs: ids=<script>
          x=%zz&ids=1              | target must be a URI: target={route}?x=%zz&ids=1
          ids=%E2%98               | ids must be longs: ids=\ufffd
          """)
  void idsRefused_onBothRoutes(String query, String error) throws Exception {
    for (String route : List.of("/status/users", "/lastseen/users")) {
      try (Socket socket = fixture.connect()) {
        // The JDK's client would refuse some of these itself.
        write(socket, "GET " + route + "?" + query + " HTTP/1.1", "Host: x", "", "");
        assertThat(readUntil(socket, "\"}"))
            .startsWith("HTTP/1.1 400 ")
            .endsWith(
                "\r\n\r\n{\"error\":\""
                    + error.replace("{route}", route).replace("\"", "\\\"")
                    + "\"}");
      }
    }
  }

  @Test
  void idsMissing_isRefused() throws Exception {
    assertError(fixture.get("/status/users"), 400, "ids must be given: query=");
    assertError(fixture.get("/lastseen/users?"), 400, "ids must be given: query=");
  }

  @Test
  void lastSeen_ofUsers_outlivesTheWindow() throws Exception {
    fixture.post("{\"user_id\":1}");
    fixture.passSeconds(60);

    assertOk(fixture.get("/lastseen/users?ids=1,2"), "{\"1\":1764000000,\"2\":null}");
  }

  @Test
  void count_ofOnlineUsers_isOfThisMoment() throws Exception {
    assertOk(fixture.get("/count"), "{\"online\":0}");
    fixture.post("{\"user_ids\":[1,2,3]}");
    assertOk(fixture.get("/count"), "{\"online\":3}");
    fixture.passSeconds(30);
    assertOk(fixture.get("/count"), "{\"online\":0}");
  }

  @Test
  void target_withSchemeAndHost_isAnswered() throws Exception {
    try (Socket socket = fixture.connect()) {
      write(socket, "GET http://x/status/users?ids=1 HTTP/1.1", "Host: x", "", "");
      assertThat(readUntil(socket, "}")).startsWith("HTTP/1.1 200 ").endsWith("{\"1\":false}");
      write(socket, "GET http://x HTTP/1.1", "Host: x", "", "");
      assertThat(readUntil(socket, "</html>")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void healthz_whenRunning_isOk() throws Exception {
    assertOk(fixture.get("/healthz"), "{\"status\":\"ok\"}");
  }

  @Test
  void head_ofAReadRoute_answersHeadersOnly() throws Exception {
    HttpResponse<String> response = fixture.send("HEAD", "/healthz", BodyPublishers.noBody());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValue("Content-Length")).contains("15");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /heartbeat, POST",
    "PUT, /heartbeat, POST",
    "GET, /heartbeat/1, DELETE",
    "GET, /disconnect/1, POST",
    "POST, /events?ids=1, 'GET, HEAD'",
    "POST, /, 'GET, HEAD'",
    "PUT, /page/page.js, 'GET, HEAD'",
    "OPTIONS, /count, 'GET, HEAD'",
    "POST, /metrics, 'GET, HEAD'",
    "TRACE, /openapi.json, 'GET, HEAD'",
    "POST, /status/users?ids=1, 'GET, HEAD'",
    "DELETE, /lastseen/users?ids=1, 'GET, HEAD'",
    "POST, /healthz, 'GET, HEAD'",
  })
  void wrongMethod_isRefusedWithAllow(String method, String path, String allow) throws Exception {
    HttpResponse<String> response = fixture.send(method, path, BodyPublishers.ofString("{}"));

    assertError(
        response, 405, "method must be " + allow.replace(", ", " or ") + ": method=" + method);
    assertThat(response.headers().allValues("Allow")).containsExactly(allow);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/heartbeat/",
        "/status",
        "/status/users/1",
        "/heartbeat/1/2",
        "/Healthz",
        "/a%20b",
        "/%3Cb%3E"
      })
  void wrongPath_isRefused(String path) throws Exception {
    assertError(
        fixture.get(path),
        404,
        "path must be one of /heartbeat, /heartbeat/{id}, /disconnect/{id}, /status/users,"
            + " /lastseen/users, /events, /count, /healthz, /metrics, /openapi.json, /, /page/{id}:"
            + " path="
            + path.replace("%20", " ").replace("%3C", "<").replace("%3E", ">"));
  }

  private static String ids(int count) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(","));
  }
}
