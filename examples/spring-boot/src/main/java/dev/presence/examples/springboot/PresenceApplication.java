package dev.presence.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/**
 * A presence service on Spring Boot.
 *
 * <pre>
 * POST /heartbeat               {"user_id":123}        204
 * GET  /status/users?ids=1,2    {"1":true,"2":false}
 * </pre>
 *
 * <p>It has no authentication, so it listens on the loopback address unless told otherwise.
 */
@SpringBootApplication
@ConfigurationPropertiesScan
public class PresenceApplication {

  /**
   * Runs until the process is told to stop.
   *
   * @param args Spring Boot's, such as {@code --server.port=9000 --presence.window=1m}
   */
  public static void main(String[] args) {
    SpringApplication.run(PresenceApplication.class, args);
  }
}
