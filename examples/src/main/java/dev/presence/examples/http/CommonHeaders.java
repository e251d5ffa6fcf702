package dev.presence.examples.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The headers of every answer. Safe for use by any number of threads. */
final class CommonHeaders {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final String corsOrigin;
  private final String methods;
  private volatile Second now = new Second(0, "");

  CommonHeaders(String corsOrigin, String methods) {
    this.corsOrigin = corsOrigin;
    this.methods = methods;
  }

  void addTo(HttpHeaders headers) {
    headers.set("Date", date());
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    if (!corsOrigin.isEmpty()) {
      // One origin for every answer, so caches need no Vary. The browser compares it.
      headers.set("Access-Control-Allow-Origin", corsOrigin);
      headers.set("Access-Control-Allow-Methods", methods);
      headers.set("Access-Control-Allow-Headers", "Content-Type");
      headers.set("Access-Control-Expose-Headers", "Retry-After");
      headers.set("Access-Control-Max-Age", "600");
    }
  }

  /** Formats once a second. */
  private String date() {
    long second = System.currentTimeMillis() / 1_000;
    Second last = now;
    if (last.epochSecond() != second) {
      last = new Second(second, DATE.format(Instant.ofEpochSecond(second)));
      now = last;
    }
    return last.date();
  }

  private record Second(long epochSecond, String date) {}
}
