package dev.presence.examples.springboot;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says where the server listens and how to stop it. */
@Component
class HowToStop {

  private static final Logger LOG = LoggerFactory.getLogger(HowToStop.class);

  @EventListener
  void started(WebServerInitializedEvent event) {
    LOG.info("presence server listens on port {}; Ctrl-C stops it", event.getWebServer().getPort());
  }
}
