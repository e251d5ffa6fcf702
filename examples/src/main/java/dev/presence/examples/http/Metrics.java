package dev.presence.examples.http;

/** What {@code GET /metrics} answers. Safe for use by any number of threads. */
@FunctionalInterface
interface Metrics {

  /** The type of the text, with its version. */
  String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /**
   * The figures of this moment in Prometheus's text format.
   *
   * @return lines, each with its end
   */
  String scrape();
}
