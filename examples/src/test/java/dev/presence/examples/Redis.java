package dev.presence.examples;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;

/** Servers for tests. */
final class Redis {

  private Redis() {}

  /** One that runs; if none can be started here, the test is skipped. */
  static LocalRedis started() throws IOException, InterruptedException {
    LocalRedis redis = new LocalRedis();
    try {
      redis.start();
      return redis;
    } catch (IOException e) {
      redis.close();
      return abort("no Redis can be started here: " + e.getMessage());
    }
  }
}
