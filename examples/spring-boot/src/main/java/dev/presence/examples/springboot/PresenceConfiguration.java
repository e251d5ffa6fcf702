package dev.presence.examples.springboot;

import dev.presence.Presence;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One store for the application. Spring closes it after the web server has stopped. */
@Configuration(proxyBeanMethods = false)
class PresenceConfiguration {

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean(destroyMethod = "close")
  Presence presence(PresenceProperties properties, InstantSource clock) {
    return Presence.builder()
        .onlineWindow(properties.window())
        .maxUsers(properties.maxUsers())
        .clock(clock)
        .open();
  }
}
