package dev.presence.examples.springboot;

import static dev.presence.examples.springboot.Http.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A store with room for one user. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "presence.max-users=1")
class FullStoreTest {

  @LocalServerPort private int port;

  @Test
  void heartbeat_storeFull_saysWhenToRetry() throws Exception {
    Http http = new Http(port);
    assertThat(http.post("{\"user_id\":1}").statusCode()).isEqualTo(204);

    HttpResponse<String> response = http.post("{\"user_id\":2}");

    assertProblem(response, 503, "no room for a new user: maxUsers=1 trackedUsers=1 refused=1");
    assertThat(response.headers().firstValue("Retry-After")).contains("10");
    assertThat(http.post("{\"user_id\":1}").statusCode()).isEqualTo(204);
  }
}
