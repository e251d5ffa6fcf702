package dev.presence.examples.http;

import static dev.presence.examples.http.ServerFixture.assertError;
import static dev.presence.examples.http.ServerFixture.readAll;
import static dev.presence.examples.http.ServerFixture.readUntil;
import static dev.presence.examples.http.ServerFixture.write;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams of events over sockets: how they begin, how they end, and who is refused. */
@Timeout(60)
class EventsTest {

  private static final String ONLINE =
      "event: online\ndata: {\"user_id\":\"%d\",\"epoch_second\":1764000000}\n\n";

  private ServerFixture fixture;

  @BeforeEach
  void start() throws IOException {
    fixture = new ServerFixture(10_000);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void stream_ofFriends_tellsWhoComesAndGoes() throws Exception {
    fixture.post("{\"user_id\":1}");
    try (Socket socket = fixture.connect()) {
      write(socket, "GET /events?ids=1&ids=2 HTTP/1.1", "Host: x", "", "");

      assertThat(readUntil(socket, "\r\n\r\n"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .containsIgnoringCase("\r\ncontent-type: text/event-stream\r\n")
          .containsIgnoringCase("\r\ncache-control: no-store\r\n")
          .containsIgnoringCase("\r\nx-content-type-options: nosniff\r\n")
          .containsIgnoringCase("\r\nx-accel-buffering: no\r\n")
          .containsIgnoringCase("\r\ntransfer-encoding: chunked\r\n")
          .doesNotContainIgnoringCase("\r\ncontent-length:");
      assertThat(readUntil(socket, "\n\n"))
          .contains("event: snapshot\ndata: {\"now\":")
          .endsWith(",\"window_seconds\":30,\"last_seen\":{\"1\":1764000000,\"2\":null}}\n\n");
      assertThat(readUntil(socket, "\n\n")).endsWith(ONLINE.formatted(1));

      fixture.post("{\"user_id\":2}");
      assertThat(readUntil(socket, "\n\n")).endsWith(ONLINE.formatted(2));

      fixture.send("POST", "/disconnect/1", BodyPublishers.noBody());
      assertThat(readUntil(socket, "\n\n")).contains("event: offline\ndata: {\"user_id\":\"1\",");
    }
  }

  @Test
  void client_hangingUp_endsItsSubscription() throws Exception {
    try (Socket socket = open("GET /events?ids=1 HTTP/1.1")) {
      assertThat(socket.isConnected()).isTrue();
      while (subscriptions() != 1) { // the one of the server's rehearsal may still be there
        Thread.onSpinWait();
      }
    }

    awaitNoSubscription();
  }

  @Test
  void client_askingSomethingElse_endsTheStream() throws Exception {
    try (Socket socket = open("GET /events?ids=1 HTTP/1.1")) {
      write(socket, "GET /healthz HTTP/1.1", "Host: x", "", "");

      assertThat(readAll(socket)).endsWith("\r\n0\r\n\r\n").doesNotContain("HTTP/1.1");
    }
    try (Socket socket = fixture.connect()) {
      String request = "GET /events?ids=1 HTTP/1.1\r\nHost: x\r\n\r\n";
      write(socket, request + request);

      assertThat(readAll(socket)).containsOnlyOnce("HTTP/1.1 200 ").endsWith("\r\n0\r\n\r\n");
    }
    awaitNoSubscription();
  }

  @Test
  void client_endingItsOutput_endsTheStream() throws Exception {
    try (Socket socket = open("GET /events?ids=1 HTTP/1.1")) {
      socket.shutdownOutput();

      readAll(socket);
    }
    awaitNoSubscription();
  }

  @Test
  void client_ofHttp10_getsEventsWithoutChunks() throws Exception {
    try (Socket socket = fixture.connect()) {
      write(socket, "GET /events?ids=1 HTTP/1.0", "", "");

      assertThat(readUntil(socket, "\r\n\r\n"))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .containsIgnoringCase("\r\nconnection: close\r\n")
          .doesNotContainIgnoringCase("transfer-encoding");
      assertThat(readUntil(socket, "\n\n")).startsWith("event: snapshot\n");
    }
  }

  @Test
  void server_closing_endsStreams() throws Exception {
    try (Socket socket = open("GET /events?ids=1 HTTP/1.1")) {
      fixture.server.close();

      // A connection that is still there after the server's patience is cut without an end.
      assertThat(readAll(socket)).endsWith("0\r\n\r\n");
      awaitNoSubscription();
    }
  }

  @Test
  void presence_closing_endsStreams() throws Exception {
    try (Socket socket = open("GET /events?ids=1 HTTP/1.1")) {
      fixture.presence.close();

      assertThat(readAll(socket)).endsWith("0\r\n\r\n");
    }
  }

  @Test
  void stream_quietForLongerThanTheIdleTimeout_livesOn() throws Exception {
    ServerOptions options = new ServerOptions("", Duration.ofSeconds(10), Duration.ofMillis(800));
    try (ServerFixture quiet = new ServerFixture(1_000, options);
        Socket socket = quiet.connect()) {
      write(socket, "GET /events?ids=1 HTTP/1.1", "Host: x", "", "");
      long start = System.nanoTime();

      do {
        readUntil(socket, "event: time\ndata: {\"now\":");
      } while (System.nanoTime() - start < Duration.ofSeconds(2).toNanos());
    }
  }

  @Test
  void client_takingNothing_isClosedAndDelaysNobody() throws Exception {
    ServerOptions options = new ServerOptions("", Duration.ofSeconds(10), Duration.ofMillis(800));
    long[] userIds = LongStream.range(0, Limits.IDS).toArray();
    try (ServerFixture busy = new ServerFixture(10_000, options);
        Socket socket = busy.connect()) {
      write(socket, "GET /events?ids=" + ids(Limits.IDS) + " HTTP/1.1", "Host: x", "", "");
      readUntil(socket, "\n\n");

      // The buffers on the way take some megabytes first.
      while (busy.presence.stats().subscriptions() > 0) {
        busy.presence.recordHeartbeats(userIds);
        for (long userId : userIds) {
          busy.presence.disconnect(userId);
        }
      }
      assertThat(busy.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void head_ofAStream_hasNoBody() throws Exception {
    HttpResponse<String> response = fixture.send("HEAD", "/events?ids=1", BodyPublishers.noBody());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(fixture.get("/healthz").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ?ids=%3Cscript%3E        | ids must be longs: ids=<script>
          ?ids=9223372036854775808 | ids must be longs: ids=9223372036854775808
          ?ids=                    | ids must not be empty: ids=
          ''                       | ids must be given: query=
          """)
  void ids_thatAreNone_areRefused(String query, String error) throws Exception {
    assertError(fixture.get("/events" + query), 400, error);
  }

  @Test
  void ids_moreThanAThousand_areRefused() throws Exception {
    assertError(
        fixture.get("/events?ids=" + ids(Limits.IDS + 1)),
        400,
        "ids must be at most 1000: number of ids=1001");
  }

  @Test
  void store_closed_isA503() throws Exception {
    fixture.presence.close();

    assertThat(fixture.get("/events?ids=1").statusCode()).isEqualTo(503);
  }

  private static String ids(int count) {
    return LongStream.range(0, count).mapToObj(Long::toString).collect(Collectors.joining(","));
  }

  /** Opens a stream and reads its snapshot. */
  private Socket open(String line) throws IOException {
    Socket socket = fixture.connect();
    write(socket, line, "Host: x", "", "");
    assertThat(readUntil(socket, "\n\n")).contains("event: snapshot\n");
    return socket;
  }

  private long subscriptions() {
    return fixture.presence.stats().subscriptions();
  }

  private void awaitNoSubscription() {
    while (subscriptions() > 0) {
      Thread.onSpinWait();
    }
  }
}
