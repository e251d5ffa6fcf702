package dev.presence.examples.http;

import static dev.presence.examples.http.ServerFixture.assertError;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
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
    assertError(fixture.post("{}"), 400, "user_id or user_ids must be given: body={}");
    assertError(
        fixture.post("{\"User_ID\":1}"),
        400,
        "user_id or user_ids must be given: body={\"User_ID\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"user_id\":1,\"user_id\":1}",
        "{\"user_id\":1,\"user_ids\":[2]}",
        "{\"user_ids\":[1],\"user_ids\":[1]}",
      })
  void heartbeat_idsTwice_isRefused(String body) throws Exception {
    assertError(fixture.post(body), 400, "user_id or user_ids must be given once: body=" + body);
    assertThat(fixture.presence.onlineCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "9223372036854775807", "-9223372036854775808"})
  void heartbeat_idAsAString_isRecorded(String userId) throws Exception {
    assertThat(fixture.post("{\"user_id\":\"" + userId + "\"}").statusCode()).isEqualTo(204);
    assertThat(fixture.presence.isOnline(Long.parseLong(userId))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 1", "+1", "01", "1.0", "0x1", "9223372036854775808", "<b>"})
  void heartbeat_stringThatIsNoLong_isRefused(String userId) throws Exception {
    String error = "user_id must be a long: user_id=" + userId;

    assertError(fixture.post("{\"user_id\":\"" + userId + "\"}"), 400, error);
    assertError(fixture.post("{\"user_ids\":[1,\"" + userId + "\"]}"), 400, error);
    assertThat(fixture.presence.onlineCount()).isZero();
  }

  @Test
  void batch_ofNumbersAndStrings_isRecorded() throws Exception {
    assertThat(fixture.post("{\"user_ids\":[1,\"2\",1,-3]}").statusCode()).isEqualTo(204);
    assertThat(fixture.post("{\"user_ids\":[]}").statusCode()).isEqualTo(204);

    assertThat(fixture.presence.statusOf(new long[] {1, 2, -3})).containsOnly(true);
    assertThat(fixture.presence.onlineCount()).isEqualTo(3);
  }

  @Test
  void batch_ofAThousandOfTheLongestIds_isRecordedAndNoMore() throws Exception {
    String id = "\"-9223372036854775808\"";
    String thousand = (id + ", ").repeat(999) + id;

    assertThat(fixture.post("{\"user_ids\":[" + thousand + "]}").statusCode()).isEqualTo(204);
    assertThat(fixture.post("{\"user_ids\":[7," + thousand + "]}").body())
        .startsWith("{\"error\":\"user_ids must be at most 1000: body={");
    assertThat(fixture.presence.isOnline(7)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"1\"", "null", "{}", "{\"1\":1}"})
  void batch_notAnArray_isRefused(String userIds) throws Exception {
    String body = "{\"user_ids\":" + userIds + "}";

    assertError(fixture.post(body), 400, "user_ids must be an array: body=" + body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1,null]", "[1,[2]]", "[1,1.5]", "[1,{}]", "[1,9223372036854775808]"})
  void batch_withSomethingElse_recordsNobody(String userIds) throws Exception {
    String body = "{\"user_ids\":" + userIds + "}";

    assertError(fixture.post(body), 400, "user_id must be a long: body=" + body);
    assertThat(fixture.presence.onlineCount()).isZero();
  }

  @Test
  void signOut_ofUser_isOfflineAtOnce() throws Exception {
    fixture.post("{\"user_ids\":[1,2,-3]}");

    assertThat(delete("1").statusCode()).isEqualTo(204);
    assertThat(delete("%2D3").statusCode()).isEqualTo(204);
    assertThat(delete("99").statusCode()).isEqualTo(204);

    assertThat(fixture.presence.statusOf(new long[] {1, 2, -3}))
        .containsExactly(false, true, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "01", "1.0", "9223372036854775808", "%3Cb%3E"})
  void signOut_ofNoLong_isRefused(String id) throws Exception {
    assertError(
        delete(id), 400, "id must be a long: id=" + id.replace("%3C", "<").replace("%3E", ">"));
  }

  @Test
  void digits_byTheHundredThousand_areRefused() throws Exception {
    String digits = "9".repeat(100_000);

    for (String value : List.of(digits, "[" + digits + "]", "1e" + digits, "0." + digits)) {
      for (String name : List.of("user_id", "user_ids", "other")) {
        assertHostile("{\"" + name + "\":" + value + ",\"user_id\":1}");
      }
    }
    assertHostile("{\"user_id\":\"" + digits + "\"}");
    assertHostile("{\"" + digits + "\":1,\"user_id\":1}");
  }

  @Test
  void depth_byTheTenThousand_isRefused() throws Exception {
    for (String level : List.of("[", "{\"a\":")) {
      assertHostile("{\"other\":" + level.repeat(20_000));
      assertHostile("{\"user_ids\":" + level.repeat(20_000));
      assertHostile(level.repeat(20_000));
    }
  }

  @Test
  void script_inABody_isAnsweredAsText() throws Exception {
    String body = "{\"user_id\":\"<script>alert(1)</script>\"}";

    // assertError also looks at the headers that keep browsers from guessing.
    assertError(
        fixture.post(body), 400, "user_id must be a long: user_id=<script>alert(1)</script>");
  }

  @Test
  void longValue_inAnError_isCutBetweenCharacters() throws Exception {
    String grin = "\ud83d\ude00";

    assertError(
        fixture.post("x".repeat(99) + grin),
        400,
        "body must be one JSON object: body=" + "x".repeat(99) + "...");
  }

  private void assertHostile(String body) throws Exception {
    HttpResponse<String> response = fixture.post(body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).startsWith("{\"error\":\"").hasSizeLessThan(400);
    assertThat(fixture.presence.onlineCount()).isZero();
  }

  private HttpResponse<String> delete(String id) throws Exception {
    return fixture.send("DELETE", "/heartbeat/" + id, BodyPublishers.noBody());
  }

  @Test
  void heartbeat_upTo128Kibibytes_isRead() throws Exception {
    String body = "{\"user_id\":5}";
    String longest = body + " ".repeat(131_072 - body.length());

    assertThat(fixture.post(longest).statusCode()).isEqualTo(204);
    assertError(
        fixture.post(longest + " "),
        413,
        "body must be at most 131072 bytes: Content-Length=131073");
  }

  @ParameterizedTest
  @ValueSource(ints = {131_073, 1_000_000})
  void heartbeat_chunkedAndTooLarge_isRefused(int length) throws Exception {
    byte[] body = " ".repeat(length).getBytes(UTF_8);
    HttpResponse<String> response =
        fixture.send(
            "POST",
            "/heartbeat",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

    assertError(response, 413, "body must be at most 131072 bytes: Content-Length=unknown");
  }

  @Test
  void heartbeat_storeFull_saysWhenToRetry() throws Exception {
    try (ServerFixture full = new ServerFixture(1)) {
      assertThat(full.post("{\"user_id\":1}").statusCode()).isEqualTo(204);

      HttpResponse<String> response = full.post("{\"user_id\":2}");

      assertError(response, 503, "no room for a new user: maxUsers=1 trackedUsers=1 refused=1");
      // If the user of the only place falls silent now, it is free after the online window.
      assertThat(response.headers().firstValue("Retry-After")).contains("30");
      full.passSeconds(29);
      assertThat(full.post("{\"user_id\":2}").statusCode()).isEqualTo(503);
      full.passSeconds(1);
      assertThat(full.post("{\"user_id\":2}").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void batch_storeFull_recordsWhomItCan() throws Exception {
    try (ServerFixture full = new ServerFixture(1)) {
      assertThat(full.post("{\"user_id\":1}").statusCode()).isEqualTo(204);
      full.passSeconds(20);

      HttpResponse<String> response = full.post("{\"user_ids\":[2,1,3]}");

      assertError(response, 503, "no room for a new user: maxUsers=1 trackedUsers=1 refused=2");
      full.passSeconds(29);
      assertThat(full.presence.isOnline(1)).isTrue();
    }
  }
}
