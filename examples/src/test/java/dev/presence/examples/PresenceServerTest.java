package dev.presence.examples;

import static dev.presence.examples.ServerFixture.assertError;
import static dev.presence.examples.ServerFixture.assertOk;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
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
          ids=1&ids=2              | ids must be given once: query=ids=1&ids=2
          """)
  void idsRefused_onBothRoutes(String query, String error) throws Exception {
    assertError(fixture.get("/status/users?" + query), 400, error);
    assertError(fixture.get("/lastseen/users?" + query), 400, error);
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
  @ValueSource(strings = {"/", "/heartbeat/", "/status", "/status/users/1", "/Healthz", "/a%20b"})
  void wrongPath_isRefused(String path) throws Exception {
    assertError(
        fixture.get(path),
        404,
        "path must be /heartbeat, /status/users, /lastseen/users or /healthz: path="
            + path.replace("%20", " "));
  }

  private static String ids(int count) {
    return LongStream.rangeClosed(1, count)
        .mapToObj(Long::toString)
        .collect(Collectors.joining(","));
  }
}
