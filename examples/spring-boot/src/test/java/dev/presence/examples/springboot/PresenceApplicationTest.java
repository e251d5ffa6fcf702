package dev.presence.examples.springboot;

import static dev.presence.examples.springboot.Http.assertJson;
import static dev.presence.examples.springboot.Http.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** Both endpoints through the application's HTTP port, by a clock that is set by hand. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class PresenceApplicationTest {

  private static final AtomicReference<Instant> NOW =
      new AtomicReference<>(Instant.ofEpochSecond(1_764_000_000));

  @LocalServerPort private int port;
  private Http http;

  @TestConfiguration
  static class ManualClock {

    @Bean
    @Primary
    InstantSource manualClock() {
      return NOW::get;
    }
  }

  @BeforeEach
  void everybodyIsOffline() {
    http = new Http(port);
    NOW.set(NOW.get().plusSeconds(30));
  }

  @Test
  void heartbeat_ofUser_answersNothingAndBringsOnline() throws Exception {
    HttpResponse<String> response = http.post("{\"user_id\":123}");

    assertThat(response.statusCode()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertJson(http.get("/status/users?ids=1,2,123"), "{\"1\":false,\"2\":false,\"123\":true}");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE})
  void heartbeat_ofAnyLong_isRecorded(long userId) throws Exception {
    String body = "{\"device\":{\"user_id\":7},\"user_id\":" + userId + "}";

    assertThat(http.post(body).statusCode()).isEqualTo(204);
    assertJson(http.get("/status/users?ids=7," + userId), "{\"7\":false,\"" + userId + "\":true}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "123",
        "{\"user_id\":\"123\"}",
        "{\"user_id\":1.5}",
        "{\"user_id\":true}",
        "{\"user_id\":9223372036854775808}",
        "{\"user_id\":1,\"user_id\":2}",
        "{\"user_id\":1} x",
      })
  void heartbeat_notAUserId_isRefused(String body) throws Exception {
    assertProblem(http.post(body), 400, "Failed to read request");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"User_ID\":1}", "{\"user_id\":null}"})
  void heartbeat_withoutUserId_isRefused(String body) throws Exception {
    assertProblem(http.post(body), 400, "Invalid request content.");
  }

  @Test
  void heartbeat_notJson_isRefused() throws Exception {
    assertProblem(
        http.post("text/plain", "{\"user_id\":1}"),
        415,
        "Content-Type 'text/plain;charset=UTF-8' is not supported.");
  }

  @Test
  void status_ofUsers_followsTheWindow() throws Exception {
    http.post("{\"user_id\":1}");
    NOW.set(NOW.get().plusSeconds(29));
    assertJson(http.get("/status/users?ids=1"), "{\"1\":true}");

    NOW.set(NOW.get().plusSeconds(1));
    assertJson(http.get("/status/users?ids=1"), "{\"1\":false}");
  }

  @Test
  void status_idsTwice_answersEachOnceInOrder() throws Exception {
    assertJson(http.get("/status/users?ids=3,1,3,1,2"), "{\"3\":false,\"1\":false,\"2\":false}");
  }

  @Test
  void status_thousandLongIds_areAnsweredAndNotOneMore() throws Exception {
    assertThat(http.get("/status/users?ids=" + ids(1_000)).statusCode()).isEqualTo(200);
    assertProblem(http.get("/status/users?ids=" + ids(1_001)), 400, "Validation failure");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "1.5", "1,,2", "9223372036854775808"})
  void status_notLongs_isRefused(String ids) throws Exception {
    assertProblem(
        http.get("/status/users?ids=" + ids),
        400,
        "Failed to convert 'ids' with value: '" + ids + "'");
  }

  @Test
  void status_noIds_isRefused() throws Exception {
    assertProblem(http.get("/status/users?ids="), 400, "Validation failure");
    assertProblem(http.get("/status/users"), 400, "Required parameter 'ids' is not present.");
  }

  @Test
  void wrongMethodAndPath_areRefused() throws Exception {
    assertProblem(http.get("/heartbeat"), 405, "Method 'GET' is not supported.");
    assertProblem(http.get("/nowhere"), 404, "No static resource nowhere.");
  }

  private static String ids(int count) {
    return LongStream.range(0, count)
        .mapToObj(i -> Long.toString(Long.MIN_VALUE + i))
        .collect(Collectors.joining(","));
  }
}
