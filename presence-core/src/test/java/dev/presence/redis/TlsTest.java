package dev.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.replication.LogSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers with certificates of a private authority. */
class TlsTest {

  private static final String RULE = "server must prove who it is, and agree on TLS: server=";

  @TempDir private static Path folder;

  private static Certificates ours;
  private static RedisServer server;
  private static int tlsPort;

  @BeforeAll
  static void start() throws Exception {
    ours = new Certificates(Files.createDirectory(folder.resolve("ours")));
    ours.make("server", "san=ip:127.0.0.1");
    ours.make("client", "eku=clientAuth");
    server = startServer("no");
    tlsPort = server.tlsPort();
  }

  private static RedisServer startServer(String clients) throws Exception {
    return RedisServer.start(
        folder,
        List.of(
            "tls-cert-file " + ours.certificate("server"),
            "tls-key-file " + ours.key("server"),
            "tls-ca-cert-file " + ours.authority(),
            "tls-auth-clients " + clients,
            "requirepass " + Logs.PASSWORD));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void exchange_withACertificateOfATrustedAuthority_works() throws Exception {
    RedisLog log = RedisLog.at(uri("127.0.0.1", tlsPort)).trustedCertificates(ours.authority());
    try (LogSession session = Logs.of(log).connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(session, "a", "b"))).endsWith("a", "b");
    }
    Threads.awaitEndOf(IoThread.NAME);
  }

  @Test
  void connect_toAnAuthorityThatIsNotTrusted_isRefused() {
    RedisLog log = RedisLog.at(uri("127.0.0.1", tlsPort));
    assertThat(Logs.failureOf(Logs.of(log)))
        .startsWith(RULE + "127.0.0.1:" + tlsPort + " step=connect cause=")
        .contains("unable to find valid certification path");
    RedisLog other = log.trustedCertificates(ours.certificate("client"));
    assertThat(Logs.failureOf(Logs.of(other)))
        .startsWith(RULE + "127.0.0.1:" + tlsPort + " step=connect cause=");
  }

  @Test
  void connect_toAnotherHostThanThatOfTheCertificate_isRefused_unlessTheAddressAllowsIt()
      throws Exception {
    RedisLog log = RedisLog.at(uri("localhost", tlsPort)).trustedCertificates(ours.authority());
    assertThat(Logs.failureOf(Logs.of(log)))
        .startsWith(RULE + "localhost:" + tlsPort + " step=connect cause=")
        .contains("localhost");
    RedisLog lax =
        RedisLog.at(uri("localhost", tlsPort) + "?verifyPeer=CA")
            .trustedCertificates(ours.authority());
    try (LogSession session = Logs.of(lax).connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(session, "lax"))).contains("lax");
    }
  }

  /** Without a password, nothing is sent on connection that would fail. */
  @Test
  void connect_withoutAPassword_checksTheCertificateAllTheSame() {
    RedisLog log = RedisLog.at("rediss://127.0.0.1:" + tlsPort);
    assertThat(Logs.failureOf(Logs.of(log)))
        .startsWith(RULE + "127.0.0.1:" + tlsPort + " step=connect cause=");
  }

  @Test
  void connect_withAFileThatIsNotThere_saysSo() {
    Path missing = folder.resolve("missing.pem");
    RedisLog log = RedisLog.at(uri("127.0.0.1", tlsPort)).trustedCertificates(missing);
    assertThat(Logs.failureOf(Logs.of(log))).contains("missing.pem");
  }

  @Test
  void clientCertificate_isShownToServersThatAsk() throws Exception {
    try (RedisServer strict = startServer("yes")) {
      int port = strict.tlsPort();
      RedisLog log = RedisLog.at(uri("127.0.0.1", port)).trustedCertificates(ours.authority());
      assertThat(Logs.failureOf(Logs.of(log))).contains("127.0.0.1:" + port);
      RedisLog right = log.clientCertificate(ours.certificate("client"), ours.key("client"));
      try (LogSession session = Logs.of(right).connect(Logs.PATIENCE)) {
        assertThat(Logs.texts(Logs.exchange(session, "a"))).containsExactly("a");
      }
      assertThat(strict.log()).contains("Error accepting a client connection");
    }
  }

  private static String uri(String host, int port) {
    return "rediss://:" + Logs.PASSWORD + "@" + host + ":" + port;
  }
}
