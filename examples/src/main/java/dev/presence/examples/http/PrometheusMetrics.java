package dev.presence.examples.http;

import dev.presence.Presence;
import dev.presence.micrometer.PresenceMetrics;
import io.micrometer.common.util.internal.logging.InternalLoggerFactory;
import io.micrometer.common.util.internal.logging.JdkLoggerFactory;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * What {@code GET /metrics} answers: the meters of a store in Prometheus's text format. A scrape
 * counts who is online now and then, which reads the whole map, so run it as a {@link SharedTask}.
 */
final class PrometheusMetrics implements Supplier<byte[]> {

  /** The type of the text, with its version. */
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  static {
    // SLF4J, which is there for the store, would say on stderr that nobody listens.
    InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
  }

  private final Presence presence;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  PrometheusMetrics(Presence presence) {
    this.presence = presence;
    new PresenceMetrics(presence).bindTo(registry);
  }

  @Override
  public byte[] get() {
    boolean unused = presence.isOnline(0); // of a broken store the meters would tell old figures
    return registry.scrape().getBytes(StandardCharsets.UTF_8);
  }
}
