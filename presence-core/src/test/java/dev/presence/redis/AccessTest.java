package dev.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.presence.internal.replication.LogReply;
import dev.presence.internal.replication.LogSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Which permissions a user needs, and what is said about wrong ones. */
class AccessTest {

  private static final Path SOURCE =
      Path.of("src", "main", "java", "dev", "presence", "redis", "RedisLog.java");

  @TempDir private static Path folder;

  private static RedisServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RedisServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void setUser() throws Exception {
    assertThat(server.ask("FLUSHALL")).isEqualTo("OK");
    assertThat(server.ask("ACL", "LOG", "RESET")).isEqualTo("OK");
    assertThat(server.ask(documented())).isEqualTo("OK");
  }

  /** The line that the documentation shows, with the tests' password. */
  static String[] documented() throws IOException {
    Matcher line = Pattern.compile("(ACL SETUSER presence .*)").matcher(Files.readString(SOURCE));
    assertThat(line.find()).isTrue();
    return line.group(1).replace(">secret", ">" + Logs.PASSWORD).split(" ");
  }

  @Test
  void documentedPermissions_suffice_andRedisRefusesNothing() throws Exception {
    try (LogSession session = Logs.at(uri()).connect(Logs.PATIENCE)) {
      assertThat(Logs.texts(Logs.exchange(session, "frame"))).containsExactly("frame");
    }
    assertThat((List<?>) server.ask("ACL", "LOG")).isEmpty();
  }

  @Test
  void documentedPermissions_denyOtherKeys() throws Exception {
    String denied = "user must have the permissions that RedisLog names";
    assertThat(Logs.failureOf(Logs.of(RedisLog.at(uri()).keyPrefix("other"))))
        .startsWith(denied + ": server=127.0.0.1:" + server.port() + " step=XADD answer=NOPERM");
    try (RawRedis raw = server.raw()) {
      assertThat(raw.ask("AUTH", "presence", Logs.PASSWORD)).isEqualTo("OK");
      for (String command : List.of("GET presence:log:{0}", "KEYS *", "XADD other * f v")) {
        assertThat(catchThrowable(() -> raw.ask(command.split(" "))))
            .as(command)
            .hasMessageStartingWith("NOPERM");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"time", "xadd", "pexpire", "xread"})
  void aPermissionThatIsMissing_isNamed(String command) throws Exception {
    assertThat(server.ask("ACL", "SETUSER", "presence", "-" + command)).isEqualTo("OK");
    assertThat(Logs.failureOf(Logs.at(uri())))
        .matches(
            "user must have the permissions that RedisLog names: server=127[.]0[.]0[.]1:%d step=%s answer=NOPERM .*%s.*"
                .formatted(server.port(), command.toUpperCase(Locale.ROOT), command));
  }

  @Test
  void wrongPassword_isSaidWithoutIt() throws Exception {
    assertThat(server.ask("ACL", "SETUSER", "presence", "resetpass", ">another")).isEqualTo("OK");
    assertThat(Logs.failureOf(Logs.at(uri())))
        .startsWith(
            "user name and password must be right: server=127.0.0.1:%d step=connect answer=WRONGPASS"
                .formatted(server.port()));
  }

  @Test
  void missingPassword_isSaid() throws Exception {
    try (RedisServer closed = RedisServer.start(folder, "requirepass " + Logs.PASSWORD)) {
      assertThat(Logs.failureOf(Logs.at(closed.uri())))
          .startsWith("user name and password must be right: server=127.0.0.1:")
          .contains(" step=TIME answer=NOAUTH");
      String uri = "redis://:" + Logs.PASSWORD + "@127.0.0.1:" + closed.port();
      try (LogSession session = Logs.at(uri).connect(Logs.PATIENCE)) {
        assertThat(Logs.texts(Logs.exchange(session, "frame"))).containsExactly("frame");
      }
    }
  }

  @Test
  void passwordForAServerWithoutAny_isSaidWithoutIt() throws Exception {
    String uri = "redis://:" + Logs.PASSWORD + "@127.0.0.1:" + server.port();
    assertThat(Logs.failureOf(Logs.at(uri)))
        .startsWith("user name and password must be right: server=127.0.0.1:");
  }

  /** Redis repeats what it does not know: here, the command with the password. */
  @Test
  void answerThatQuotesThePassword_isCut() throws Exception {
    try (RedisServer strange = RedisServer.start(folder, "rename-command AUTH HIDDEN")) {
      assertThat(catchThrowable(() -> strange.ask("AUTH", "presence", Logs.PASSWORD)))
          .hasMessageContaining(Logs.PASSWORD);
      assertThat(Logs.failureOf(Logs.at(strange.uri("presence", Logs.PASSWORD))))
          .startsWith("server must accept the command: server=127.0.0.1:")
          .contains(" step=connect answer=ERR unknown command");
    }
  }

  @Test
  void log_ofWhatWorksAndWhatFails_hasNoPassword() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> appender = new ListAppender<>();
    appender.start();
    root.setLevel(Level.DEBUG);
    root.addAppender(appender);
    List<String> lines;
    try {
      try (LogSession session = Logs.at(uri()).connect(Logs.PATIENCE)) {
        LogReply unused = Logs.exchange(session, "frame");
      }
      assertThat(server.ask("ACL", "SETUSER", "presence", "off")).isEqualTo("OK");
      String unused = Logs.failureOf(Logs.at(uri()));
      String unusedToo =
          Logs.failureOf(Logs.at("redis://presence:" + Logs.PASSWORD + "@127.0.0.1:1"));
    } finally {
      root.setLevel(Level.OFF);
      root.detachAppender(appender);
      lines = new ArrayList<>(appender.list).stream().map(AccessTest::text).toList();
    }
    assertThat(lines).isNotEmpty().noneMatch(line -> line.contains(Logs.PASSWORD));
    assertThat(lines).noneMatch(line -> !line.startsWith("DEBUG "));
  }

  private static String text(ILoggingEvent event) {
    return event.getLevel()
        + " "
        + event.getFormattedMessage()
        + " "
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()))
        + Arrays.toString(event.getArgumentArray());
  }

  private static String uri() {
    return server.uri("presence", Logs.PASSWORD);
  }
}
