package dev.presence.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Prometheus reads from a server. */
class MetricsTest {

  @Test
  @Timeout(60)
  void metrics_ofAServer_areThoseOfItsStore() throws Exception {
    try (ServerFixture fixture = new ServerFixture(1_000)) {
      fixture.post("{\"user_ids\":[1,2,3]}");

      HttpResponse<String> response;
      do { // figures may be a tenth of a second old
        response = fixture.get("/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
      } while (!response
          .body()
          .contains("\npresence_users_tracked_users{name=\"presence\"} 3.0\n"));
      assertThat(response.headers().allValues("Content-Type"))
          .containsExactly("text/plain; version=0.0.4; charset=utf-8");
      assertThat(response.body())
          .contains("\npresence_users_free_users{name=\"presence\"} 997.0\n")
          .contains("\npresence_heartbeats_rejected_heartbeats_total{name=\"presence\"} 0.0\n");
    }
  }
}
