package dev.presence.examples.http;

import dev.presence.Presence;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Opens streams of who comes and who goes, as many at a time as are allowed. Safe for use by any
 * number of threads.
 */
final class EventStreams {

  private static final String TYPE = "text/event-stream";

  /** Nobody knows when a stream ends; this keeps those who wait from asking all the time. */
  private static final String RETRY_SECONDS = "15";

  private final Presence presence;
  private final int limit;
  private final AtomicInteger open = new AtomicInteger();

  EventStreams(Presence presence, int limit) {
    this.presence = presence;
    this.limit = limit;
  }

  Answer answer(Request request, String id) throws HttpProblem {
    long[] userIds = Requests.ids(request);
    boolean unused = presence.isOnline(userIds[0]); // a broken store is a 503, and no stream
    if (request.method().equals("HEAD")) {
      return Answer.ok(TYPE, new byte[0]).with("Content-Type", TYPE);
    }
    if (open.getAndUpdate(count -> count < limit ? count + 1 : count) >= limit) {
      return Answer.error(503, "streams must be at most " + limit + " at a time: streams=" + limit)
          .with("Retry-After", RETRY_SECONDS);
    }
    return Answer.stream(TYPE, new EventStream(presence, userIds, open::decrementAndGet))
        .with("X-Accel-Buffering", "no"); // or nginx would collect events before it sends some
  }
}
