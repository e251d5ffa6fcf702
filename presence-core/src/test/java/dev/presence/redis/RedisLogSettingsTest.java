package dev.presence.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.presence.internal.replication.LogAccess;
import io.lettuce.core.cluster.SlotHash;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log may be told, and what it tells of that. */
class RedisLogSettingsTest {

  private static final String ANY =
      "uri must be redis://host:port, rediss://host:port or"
          + " redis-sentinel://host:port,host:port#master: scheme=";

  @ParameterizedTest
  @CsvSource({
    "rediss://presence:secret@redis.example.org:6379, rediss://redis.example.org:6379",
    "redis://host, redis://host:6379",
    "redis://host:7000/0, redis://host:7000",
    "REDIS://host/2, redis://host:6379/2",
    "redis://correct-horse@host, redis://host:6379",
    "redis://:correct-horse@host:7000, redis://host:7000",
    "redis://user:correct-horse@host:7000, redis://host:7000",
    "redis://user:correct-horse@[::1]:7000, redis://[::1]:7000",
    "redis://user:correct-horse@redis_1, redis://redis_1:6379",
    "redis://user:correct%40horse@host:7000, redis://host:7000",
    "rediss://user:correct-horse@host, rediss://host:6379",
    "rediss-sentinel://user:correct-horse@a#main, rediss-sentinel://a:26379#main",
    "rediss://user:correct-horse@host?verifyPeer=CA, rediss://host:6379",
    "redis-sentinel://user:correct-horse@a:1;b/1#main, redis-sentinel://a:1;b:26379/1#main",
  })
  void toString_ofALog_tellsWhereItIsAndNoMore(String uri, String shown) {
    RedisLog log = RedisLog.at(uri.replace(';', ','));
    assertThat(log).hasToString(shown.replace(';', ',') + " (keys presence:log:*)");
    assertThat(LogAccess.of(log)).hasToString(log.toString());
  }

  @Test
  void toString_ofALogInACluster_tellsTheSeedsAndStreams() {
    assertThat(
            RedisLog.inCluster("redis://u:correct-horse@a:1", "rediss://:correct-horse@b:2")
                .keyPrefix("chat")
                .streams(4))
        .hasToString("cluster of redis://a:1, rediss://b:2 (keys chat:log:*, 4 streams)");
  }

  @ParameterizedTest
  @CsvSource({
    "'', none",
    "host, none",
    "correct-horse@host:6379, none",
    "redis:correct-horse@host, none",
    "//user:correct-horse@host, none",
    "://user:correct-horse@host, none",
    "user:correct-horse@://host, none",
    "http://user:correct-horse@host, http",
    "redis+tls://user:correct-horse@host, redis+tls",
    "redis://user:correct-horse@redis_1:7000, redis",
    "redis-socket://correct-horse@/tmp/redis, redis-socket",
    "redis://, redis",
    "redis://user:correct-horse@, redis",
    "redis://user:correct horse@host, redis",
    "redis://user:correct-horse%zz@host, redis",
    "redis://user:correct-horse@host:port, redis",
    "redis://user:correct-horse@host:99999, redis",
    "redis://user:correct-horse/@host:6379, redis",
    "redis://correct-horse/1@host:6379, redis",
    "redis://correct-horse?1@host:6379, redis",
    "redis://correct-horse#1@host:6379, redis",
    "redis-sentinel://correct-horse#@host:6379, redis-sentinel",
    "redis://user:correct-horse@host:6379/x, redis",
    "redis-sentinel://user:correct-horse@host:26379, redis-sentinel",
    "redis-sentinel://user:correct-horse@#main, redis-sentinel",
  })
  void at_noAddress_isRefusedWithoutQuotingIt(String uri, String scheme) {
    assertRefused(() -> RedisLog.at(uri), ANY + scheme);
    assertRefused(() -> RedisLog.inCluster("redis://a", uri), ANY + scheme);
  }

  @Test
  void inCluster_withSentinelsOrNothing_isRefused() {
    assertRefused(
        () -> RedisLog.inCluster("redis-sentinel://u:correct-horse@a#main"),
        "uri of a node must be redis://host:port or rediss://host:port: scheme=redis-sentinel");
    assertRefused(RedisLog::inCluster, "uris must have one or more: length=0");
  }

  @Test
  void withers_withValuesOutsideTheirRanges_areRefused() {
    RedisLog log = RedisLog.at("redis://host");
    assertRefused(() -> log.keyPrefix(""), "keyPrefix must not be empty: keyPrefix=");
    assertRefused(
        () -> log.keyPrefix("a{b"),
        "keyPrefix must have <= 100 characters and no braces: keyPrefix=a{b");
    String tooLong = "x".repeat(101);
    assertRefused(
        () -> log.keyPrefix(tooLong),
        "keyPrefix must have <= 100 characters and no braces: keyPrefix=" + tooLong);
    assertRefused(() -> log.streams(0), "streams must be >= 1: streams=0");
    assertRefused(() -> log.streams(65), "streams must be <= 64: streams=65");
    assertThat(log.streams(64).keyPrefix("x".repeat(100))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 16, 64})
  void streams_ofALog_areInDifferentSlots(int streams) {
    assertThat(IntStream.range(0, streams))
        .extracting(i -> SlotHash.getSlot(new LogStream("p", i).key()))
        .doesNotHaveDuplicates();
  }

  @Test
  void withers_leaveTheLogAsItWas() {
    RedisLog log = RedisLog.at("redis://host");
    RedisLog other =
        log.keyPrefix("p")
            .streams(2)
            .trustedCertificates(Path.of("ca.pem"))
            .clientCertificate(Path.of("me.pem"), Path.of("key.pem"));
    assertThat(log).hasToString("redis://host:6379 (keys presence:log:*)");
    assertThat(other).hasToString("redis://host:6379 (keys p:log:*, 2 streams)");
  }

  @Test
  void null_isRefused() {
    RedisLog log = RedisLog.at("redis://host");
    assertThatThrownBy(() -> RedisLog.at(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> RedisLog.inCluster("redis://host", null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> log.keyPrefix(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> log.trustedCertificates(null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> log.clientCertificate(Path.of("me.pem"), null))
        .isInstanceOf(NullPointerException.class);
  }

  private static void assertRefused(ThrowingCallable action, String message) {
    assertThatThrownBy(action)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message)
        .satisfies(
            failure -> {
              StringWriter everything = new StringWriter();
              failure.printStackTrace(new PrintWriter(everything));
              assertThat(everything.toString()).doesNotContain("correct-horse", "correct horse");
            });
  }
}
