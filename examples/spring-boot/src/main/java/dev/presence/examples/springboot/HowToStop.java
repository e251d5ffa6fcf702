package dev.presence.examples.springboot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says where the server listens and how to stop it, as the last line of the start. */
@Component
class HowToStop {

  private static final Logger LOG = LoggerFactory.getLogger(HowToStop.class);

  @EventListener
  void ready(ApplicationReadyEvent event) {
    Environment environment = event.getApplicationContext().getEnvironment();
    LOG.info(
        "presence server listens on http://{}:{}; Ctrl-C stops it",
        environment.getProperty("server.address"),
        environment.getProperty("local.server.port"));
  }
}
