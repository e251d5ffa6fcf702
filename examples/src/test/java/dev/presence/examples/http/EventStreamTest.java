package dev.presence.examples.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stream tells, to a client whose room is set by hand. */
class EventStreamTest {

  private static final String RESYNC = "event: resync\n";

  private final Presence presence =
      Presence.builder()
          .retention(Duration.ofMinutes(10))
          .maxUsers(1_000)
          .sweepInterval(Duration.ZERO)
          .clock(() -> Instant.ofEpochSecond(ServerFixture.START))
          .open();

  private final AtomicInteger closed = new AtomicInteger();
  private final Client client = new Client();

  @AfterEach
  void close() {
    presence.close();
  }

  @Test
  void start_withUsersOfBothKinds_tellsLastSeenThenWhoIsOnline() {
    presence.recordHeartbeat(1);
    presence.recordHeartbeat(2, ServerFixture.START - 60);

    stream(1, 2, 3).start(client);
    presence.sweep();

    assertThat(client.written.get(0))
        .startsWith("event: snapshot\ndata: {\"now\":")
        .endsWith(
            ",\"window_seconds\":30,"
                + "\"last_seen\":{\"1\":1764000000,\"2\":1763999940,\"3\":null}}\n\n");
    assertThat(client.written.subList(1, client.written.size()))
        .containsExactly(
            "event: online\ndata: {\"user_id\":\"1\",\"epoch_second\":1764000000}\n\n");
    assertThat(client.unflushed).isZero();
  }

  @Test
  void transitions_ofTheUsers_areToldAndNoOthers() {
    stream(1).start(client);
    presence.sweep();

    presence.recordHeartbeat(1);
    presence.recordHeartbeat(2);
    presence.sweep();
    presence.recordHeartbeat(1);
    presence.sweep();
    presence.disconnect(1);
    presence.sweep();

    assertThat(client.names()).containsExactly("snapshot", "online", "offline");
    assertThat(client.unflushed).isZero();
  }

  @Test
  void client_thatTakesNothing_getsAFewAndThenANewStart() {
    EventStream stream = stream(1);
    stream.start(client);
    client.writable = false;

    for (int i = 0; i < 2_000; i++) {
      presence.recordHeartbeat(1);
      presence.sweep();
      presence.disconnect(1);
      presence.sweep();
    }
    presence.recordHeartbeat(1);
    stream.keepAlive();

    // What it had asked for while there was room, and not one more.
    assertThat(client.written).hasSize(1 + 128);

    client.writable = true;
    stream.resume();
    presence.sweep();
    presence.sweep();

    // The queue had room for 1,024; then it starts over and ends with what is true now.
    assertThat(client.written).hasSizeLessThan(1_300);
    List<String> told = client.written;
    assertThat(told.get(told.size() - 2)).startsWith(RESYNC).contains("\"1\":1764000000");
    assertThat(told.get(told.size() - 1)).startsWith("event: online\n");
    assertThat(client.unflushed).isZero();
  }

  @Test
  void client_thatTakesLess_losesNothing() {
    EventStream stream = stream(1);
    stream.start(client);
    client.writable = false;
    for (int i = 0; i < 200; i++) {
      presence.recordHeartbeat(1);
      presence.sweep();
      presence.disconnect(1);
      presence.sweep();
    }
    assertThat(client.written).hasSize(1 + 128);

    client.writable = true;
    stream.resume();

    List<String> names = client.names();
    assertThat(names).hasSize(1 + 400);
    for (int i = 1; i < names.size(); i++) {
      assertThat(names.get(i)).isEqualTo(i % 2 == 1 ? "online" : "offline");
    }
  }

  @Test
  void keepAlive_ofAQuietStream_tellsTheTime() {
    EventStream stream = stream(1);
    stream.start(client);

    stream.keepAlive();

    assertThat(client.written.get(1)).matches("event: time\ndata: \\{\"now\":\\d+}\n\n");
    assertThat(client.unflushed).isZero();
  }

  @Test
  void close_twice_endsTheSubscriptionOnce() {
    EventStream stream = stream(1);
    stream.start(client);
    presence.sweep();
    stream.close();
    stream.close();

    presence.recordHeartbeat(1);
    presence.sweep();

    assertThat(client.names()).containsExactly("snapshot");
    assertThat(presence.stats().subscriptions()).isZero();
    assertThat(closed).hasValue(1);
  }

  @Test
  void close_beforeTheStart_givesBackItsPlace() {
    stream(1).close();

    assertThat(closed).hasValue(1);
  }

  @Test
  void presence_closed_endsTheStream() {
    stream(1).start(client);

    presence.close();

    assertThat(client.ended).isTrue();
  }

  @Test
  void streams_moreThanAllowed_areRefusedUntilOneCloses() throws Exception {
    EventStreams streams = new EventStreams(presence, 2);
    Request request = new Request("GET", "/events?ids=1", new byte[0]);
    Answer first = streams.answer(request, "");
    assertThat(streams.answer(request, "").status()).isEqualTo(200);

    Answer refusal = streams.answer(request, "");
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.headers()).containsEntry("Retry-After", "15");
    assertThat(new String(refusal.body(), UTF_8))
        .isEqualTo("{\"error\":\"streams must be at most 2 at a time: streams=2\"}");

    first.stream().close();
    first.stream().close();
    assertThat(streams.answer(request, "").status()).isEqualTo(200);
    assertThat(streams.answer(request, "").status()).isEqualTo(503);
  }

  private EventStream stream(long... userIds) {
    return new EventStream(presence, userIds, closed::incrementAndGet);
  }

  /** Takes what is written, while it has room. */
  private static final class Client implements BodyWriter {

    private final List<String> written = new ArrayList<>();
    private boolean writable = true;
    private boolean ended;
    private int unflushed;

    List<String> names() {
      return written.stream().map(text -> text.substring(7, text.indexOf('\n'))).toList();
    }

    @Override
    public Executor executor() {
      return Runnable::run;
    }

    @Override
    public boolean isWritable() {
      return writable;
    }

    @Override
    public void write(byte[] bytes) {
      written.add(new String(bytes, UTF_8));
      unflushed++;
    }

    @Override
    public void flush() {
      unflushed = 0;
    }

    @Override
    public void end() {
      ended = true;
    }
  }
}
