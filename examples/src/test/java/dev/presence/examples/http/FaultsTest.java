package dev.presence.examples.http;

import static dev.presence.examples.http.ServerFixture.assertError;
import static dev.presence.examples.http.ServerFixture.assertOk;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A store or a clock that breaks is not the client's fault, and somebody must hear of it. */
class FaultsTest {

  private static final String FAULT = "the service has a fault, which its log describes";

  /** Held, or the logger with its handler would be collected. */
  private final Logger logger = Logger.getLogger("dev.presence.examples");

  private final Log log = new Log();

  @BeforeEach
  void listen() {
    logger.addHandler(log);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(log);
    logger.setUseParentHandlers(true);
  }

  @Test
  void clock_broken_isA503UntilItWorksAgain() throws Exception {
    try (ServerFixture fixture = new ServerFixture(1_000)) {
      fixture.post("{\"user_id\":1}");
      InstantSource works =
          fixture.setClock(
              () -> {
                throw new IllegalArgumentException("the clock is broken");
              });

      assertError(fixture.post("{\"user_id\":2}"), 503, FAULT);
      assertError(fixture.post("{\"user_ids\":[2,3]}"), 503, FAULT);
      for (String path :
          List.of("/status/users?ids=1", "/lastseen/users?ids=1", "/count", "/healthz")) {
        assertError(fixture.get(path), 503, FAULT);
      }
      assertThat(log.records).isNotEmpty();
      LogRecord first = log.records.remove();
      assertThat(first.getLevel()).isEqualTo(Level.WARNING);
      assertThat(first.getMessage()).startsWith("a request has failed with 503");
      assertThat(first.getThrown()).hasMessage("the clock is broken");

      fixture.setClock(works);
      assertOk(fixture.get("/healthz"), "{\"status\":\"ok\"}");
      assertOk(fixture.get("/status/users?ids=1,2,3"), "{\"1\":true,\"2\":false,\"3\":false}");
    }
  }

  @Test
  void store_closed_isA503() throws Exception {
    try (ServerFixture fixture = new ServerFixture(1_000)) {
      fixture.presence.close();

      for (String path :
          List.of(
              "/status/users?ids=1", "/lastseen/users?ids=1", "/count", "/healthz", "/metrics")) {
        assertError(fixture.get(path), 503, FAULT);
      }
      assertError(fixture.post("{\"user_id\":1}"), 503, FAULT);
      assertError(fixture.send("DELETE", "/heartbeat/1", BodyPublishers.noBody()), 503, FAULT);
      assertThat(fixture.get("/openapi.json").statusCode()).isEqualTo(200);
      assertThat(log.records).isNotEmpty();
    }
  }

  @Test
  void faults_byTheThousand_areLoggedOnceASecond() {
    Faults faults = new Faults();
    long start = System.nanoTime();

    for (int i = 0; i < 10_000; i++) {
      faults.log("broken", new IllegalStateException());
    }

    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    assertThat(log.records).hasSizeBetween(1, (int) seconds + 1);
  }

  private static final class Log extends Handler {

    private final Queue<LogRecord> records = new ConcurrentLinkedQueue<>();

    @Override
    public void publish(LogRecord record) {
      records.add(record);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
