package dev.presence.examples;

import static dev.presence.examples.ServerFixture.assertError;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code POST /heartbeat} accepts and what it refuses, message by message. */
class PresenceServerHeartbeatTest {

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
  void heartbeat_ofUser_answersNothingAndBringsOnline() throws Exception {
    HttpResponse<String> response = fixture.post("{\"user_id\":123}");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().map()).doesNotContainKeys("content-type", "content-length");
    assertThat(fixture.presence.isOnline(123)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void heartbeat_ofAnyLong_isRecorded(long userId) throws Exception {
    assertThat(fixture.post(" {\n\"user_id\" : " + userId + "\t} ").statusCode()).isEqualTo(204);
    assertThat(fixture.get("/status/users?ids=" + userId).body())
        .isEqualTo("{\"" + userId + "\":true}");
  }

  @Test
  void heartbeat_withOtherFields_ignoresThem() throws Exception {
    String body = "{\"device\":{\"user_id\":7,\"tags\":[1,{}]},\"user_id\":8,\"at\":null}";

    assertThat(fixture.post(body).statusCode()).isEqualTo(204);
    assertThat(fixture.presence.statusOf(new long[] {7, 8})).containsExactly(false, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "{}}",
        "[]",
        "null",
        "123",
        "user_id=123",
        "{\"user_id\":}",
        "{\"user_id\":01}",
        "{\"user_id\":1,}",
        "{\"user_id\":1",
        "{\"user_id\":1} x",
        "{\"user_id\":1}{\"user_id\":2}",
        "{'user_id':1}",
      })
  void heartbeat_notOneJsonObject_isRefused(String body) throws Exception {
    assertError(fixture.post(body), 400, "body must be one JSON object: body=" + body);
    assertThat(fixture.presence.onlineCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"123\"",
        "1.0",
        "1e3",
        "true",
        "null",
        "{}",
        "[1]",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999999999"
      })
  void heartbeat_userIdNotALong_isRefused(String userId) throws Exception {
    String body = "{\"user_id\":" + userId + "}";

    assertError(fixture.post(body), 400, "user_id must be a long: body=" + body);
  }

  @Test
  void heartbeat_withoutUserId_isRefused() throws Exception {
    assertError(fixture.post("{}"), 400, "user_id must be given: body={}");
    assertError(
        fixture.post("{\"User_ID\":1}"), 400, "user_id must be given: body={\"User_ID\":1}");
  }

  @Test
  void heartbeat_userIdTwice_isRefused() throws Exception {
    String body = "{\"user_id\":1,\"user_id\":1}";

    assertError(fixture.post(body), 400, "user_id must be given once: body=" + body);
  }

  @Test
  void heartbeat_upToOneKibibyte_isRead() throws Exception {
    String body = "{\"user_id\":5}";
    String longest = body + " ".repeat(1_024 - body.length());

    assertThat(fixture.post(longest).statusCode()).isEqualTo(204);
    assertError(
        fixture.post(longest + " "), 413, "body must be at most 1024 bytes: Content-Length=1025");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_025, 100_000})
  void heartbeat_chunkedAndTooLarge_isRefused(int length) throws Exception {
    byte[] body = " ".repeat(length).getBytes(UTF_8);
    HttpResponse<String> response =
        fixture.send(
            "POST",
            "/heartbeat",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

    assertError(response, 413, "body must be at most 1024 bytes: Content-Length=unknown");
  }

  @Test
  void heartbeat_storeFull_saysWhenToRetry() throws Exception {
    try (ServerFixture full = new ServerFixture(1)) {
      assertThat(full.post("{\"user_id\":1}").statusCode()).isEqualTo(204);

      HttpResponse<String> response = full.post("{\"user_id\":2}");

      assertError(response, 503, "no room for a new user: maxUsers=1 trackedUsers=1 refused=1");
      assertThat(response.headers().firstValue("Retry-After")).contains("10");
      assertThat(full.post("{\"user_id\":1}").statusCode()).isEqualTo(204);
    }
  }
}
