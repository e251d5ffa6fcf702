package dev.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.replication.LogReply;
import dev.presence.internal.replication.LogSession;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that works, and a network that does not. */
class BadNetworkTest {

  private static final long TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

  @TempDir private static Path folder;

  private RedisServer server;
  private TcpProxy proxy;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.start(folder);
    proxy = new TcpProxy(server.port());
  }

  @AfterEach
  void stop() throws Exception {
    proxy.close();
    server.close();
  }

  @Test
  void exchange_throughAHalfOpenConnection_failsInTime() throws Exception {
    try (LogSession session = Logs.at(proxy.uri()).connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(session, "a"))).containsExactly("a");
      proxy.fallSilent();
      assertLate(() -> exchange(session, new byte[1]));
    }
    Threads.awaitEndOf(IoThread.NAME);
  }

  @Test
  void connect_toWhoAcceptsAndIsSilent_failsInTime() {
    proxy.fallSilent();
    assertLate(() -> connect(proxy.uri()));
    assertLate(() -> connect("redis://u:" + Logs.PASSWORD + "@127.0.0.1:" + proxy.port()));
    assertLate(() -> connect("rediss://127.0.0.1:" + proxy.port()));
    Threads.awaitEndOf(IoThread.NAME);
  }

  @Test
  void exchange_ofMuchThroughASlowConnection_failsInTime() throws Exception {
    try (LogSession session = Logs.at(proxy.uri()).connect(Logs.PATIENCE);
        LogSession direct = Logs.at(server.uri()).connect(Logs.PATIENCE)) {
      LogReply unused = Logs.exchange(direct, "x".repeat(100_000));
      proxy.becomeSlow();
      assertLate(() -> exchange(session, new byte[1]));
    }
  }

  /** More than any buffer between holds. */
  @Test
  void exchange_ofFramesThatNobodyTakes_failsInTime() throws Exception {
    try (LogSession session = Logs.at(server.uri()).connect(Logs.PATIENCE)) {
      server.pause();
      byte[] frame = new byte[LogReply.LARGEST_FRAME];
      assertLate(() -> exchange(session, Collections.nCopies(100, frame)));
    } finally {
      server.resume();
    }
    Threads.awaitEndOf(IoThread.NAME);
  }

  @Test
  void exchange_throughAConnectionThatWasCut_failsLongBeforeItsTime() throws Exception {
    try (LogSession session = Logs.at(proxy.uri()).connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(session, "a"))).containsExactly("a");
      proxy.cut();
      long startNanos = System.nanoTime();
      assertThat(Logs.failure(() -> Logs.exchange(session, "b")))
          .startsWith("connection must last: server=127.0.0.1:" + proxy.port());
      assertThat(System.nanoTime() - startNanos).isLessThan(Logs.PATIENCE / 2);
    }
    try (LogSession session = Logs.at(proxy.uri()).connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(session))).startsWith("a");
    }
  }

  private void assertLate(ThrowingCallable action) {
    long startNanos = System.nanoTime();
    assertThat(Logs.failure(action))
        .matches(
            "server must answer in time: server=127[.]0[.]0[.]1:(%d|%d) step=[A-Za-z]+ millis=400"
                .formatted(proxy.port(), server.port()));
    assertThat(System.nanoTime() - startNanos).isBetween(TIMEOUT_NANOS, Logs.PATIENCE);
  }

  private static void connect(String uri) throws Exception {
    LogSession unused = Logs.at(uri).connect(TIMEOUT_NANOS);
  }

  private static void exchange(LogSession session, byte[] frame) throws Exception {
    exchange(session, List.of(frame));
  }

  private static void exchange(LogSession session, List<byte[]> frames) throws Exception {
    LogReply unused = session.exchange(frames, Logs.HORIZON_MILLIS, TIMEOUT_NANOS);
  }
}
