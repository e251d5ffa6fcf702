package dev.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.Await;
import dev.presence.internal.replication.LogReply;
import dev.presence.internal.replication.LogSession;
import dev.presence.internal.replication.SharedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a session when its server stops, ends or is full, and what it says of that. */
class RedisFailuresTest {

  private static final long TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  @TempDir private static Path folder;

  private RedisServer server;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void exchange_withAServerThatStandsStill_failsInTime() throws Exception {
    try (LogSession session = Logs.at(server.uri()).connect(Logs.PATIENCE)) {
      server.pause();
      long startNanos = System.nanoTime();
      assertThat(Logs.failure(() -> exchangeWithin(session, TIMEOUT_NANOS)))
          .isEqualTo(
              "server must answer in time: server=127.0.0.1:%d step=TIME millis=300"
                  .formatted(server.port()));
      assertThat(System.nanoTime() - startNanos).isBetween(TIMEOUT_NANOS, Logs.PATIENCE);
    } finally {
      server.resume();
    }
  }

  /** The system accepts the connection for the server. */
  @Test
  void connect_toAServerThatStandsStill_failsInTime() throws Exception {
    server.pause();
    try {
      assertThat(
              Logs.failure(
                  () -> {
                    LogSession unused = Logs.at(server.uri()).connect(TIMEOUT_NANOS);
                  }))
          .matches(
              "server must answer in time: server=127[.]0[.]0[.]1:%d step=(connect|TIME) millis=300"
                  .formatted(server.port()));
    } finally {
      server.resume();
    }
  }

  @Test
  void exchange_withAServerThatWasKilled_failsAtOnce_andANewSessionWorksAfterItsRestart()
      throws Exception {
    SharedLog log = Logs.at(server.uri());
    try (LogSession session = log.connect(Logs.PATIENCE)) {
      LogReply unused = Logs.exchange(session, "before");
      server.kill();
      assertThat(Logs.failure(() -> Logs.exchange(session, "lost")))
          .startsWith("connection must last: server=127.0.0.1:" + server.port());
    }
    assertThat(Logs.failureOf(log))
        .startsWith(
            "server must be reachable: server=127.0.0.1:%d step=connect cause="
                .formatted(server.port()))
        .contains("Connection refused");
    server.restart();
    try (LogSession session = log.connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(session, "after"))).containsExactly("after");
    }
  }

  @Test
  void exchange_withAnEmptyServer_goesOn() throws Exception {
    try (LogSession session = Logs.at(server.uri()).connect(Logs.PATIENCE)) {
      LogReply unused = Logs.exchange(session, "before");
      assertThat(server.ask("FLUSHALL")).isEqualTo("OK");
      assertThat(Logs.texts(Logs.exchange(session, "after"))).containsExactly("after");
    }
  }

  @Test
  void exchange_withAServerThatIsFull_saysSo_andGoesOnToRead() throws Exception {
    byte[] frame = new byte[200_000];
    try (LogSession session = Logs.at(server.uri()).connect(Logs.PATIENCE)) {
      LogReply unused = Logs.exchange(session, "frame");
      assertThat(server.ask("CONFIG", "SET", "maxmemory", "1mb")).isEqualTo("OK");
      List<byte[]> frames = Collections.nCopies(20, frame);
      assertThat(Logs.failure(() -> session.exchange(frames, Logs.HORIZON_MILLIS, Logs.PATIENCE)))
          .startsWith(
              "server must have memory left: server=127.0.0.1:%d step=XADD answer=OOM"
                  .formatted(server.port()));
    }
    try (LogSession session = Logs.at(server.uri()).connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(session))).contains("frame");
    }
  }

  @Test
  void exchange_withAReplica_saysSo() throws Exception {
    try (RedisServer master = RedisServer.start(folder);
        LogSession session = Logs.at(server.uri()).connect(Logs.PATIENCE)) {
      assertThat(server.ask("REPLICAOF", "127.0.0.1", Integer.toString(master.port())))
          .isEqualTo("OK");
      assertThat(Logs.failure(() -> Logs.exchange(session, "frame")))
          .startsWith("server must own the log, and as a master: server=127.0.0.1:")
          .contains("step=XADD answer=READONLY");
    }
  }

  @Test
  void connect_toAnUnknownHost_saysSo() {
    assertThat(Logs.failureOf(Logs.at("redis://no-such-host.invalid:6379")))
        .startsWith(
            "host must be known: server=no-such-host.invalid:6379 step=connect"
                + " cause=UnknownHostException: ");
  }

  @Test
  void connect_whileTheThreadIsInterrupted_failsAndLeavesItInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertThat(Logs.failureOf(Logs.at(server.uri())))
          .isEqualTo(
              "thread must not be interrupted: server=127.0.0.1:%d step=connect"
                  .formatted(server.port()));
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      boolean unused = Thread.interrupted();
    }
  }

  @Test
  void close_ofASession_endsItsThreadAndConnection() throws Exception {
    Threads.awaitEndOf(IoThread.NAME); // those of other tests
    LogSession session = Logs.at(server.uri()).connect(Logs.PATIENCE);
    assertThat(Threads.running(IoThread.NAME)).hasSize(1);
    session.close();
    session.close();
    Threads.awaitEndOf(IoThread.NAME);
    Await.until("Redis has the tests' client alone", () -> clients() == 1);
  }

  @Test
  void close_whileTheServerStandsStill_doesNotWait() throws Exception {
    LogSession session = Logs.at(server.uri()).connect(Logs.PATIENCE);
    server.pause();
    try {
      session.close();
      Threads.awaitEndOf(IoThread.NAME);
    } finally {
      server.resume();
    }
  }

  @Test
  void connect_thatFails_leavesNoThread() {
    SharedLog log = Logs.at("redis://127.0.0.1:1");
    for (int i = 0; i < 20; i++) {
      assertThat(Logs.failureOf(log)).startsWith("server must be reachable: server=127.0.0.1:1 ");
    }
    Threads.awaitEndOf(IoThread.NAME);
  }

  private long clients() {
    try {
      return ((String) server.ask("CLIENT", "LIST")).lines().count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void exchangeWithin(LogSession session, long timeoutNanos) throws Exception {
    LogReply unused = session.exchange(Logs.frames("frame"), Logs.HORIZON_MILLIS, timeoutNanos);
  }
}
