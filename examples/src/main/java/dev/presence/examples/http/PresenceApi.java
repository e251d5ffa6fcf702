package dev.presence.examples.http;

import dev.presence.Presence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The routes over a store; {@code openapi.json} describes them. User ids are keys in the answers,
 * so they are strings there, and JavaScript keeps all of their digits. Safe for use by any number
 * of threads, like the store.
 */
final class PresenceApi {

  private final Presence presence;
  private final SharedTask<Long> count;
  private final SharedTask<byte[]> scrape;
  private final EventStreams streams;
  private final boolean tellsOfReplication;
  private final byte[] description = readDescription();

  PresenceApi(
      Presence presence,
      SharedTask<Long> count,
      SharedTask<byte[]> scrape,
      boolean tellsOfReplication) {
    this.presence = presence;
    this.count = count;
    this.scrape = scrape;
    this.tellsOfReplication = tellsOfReplication;
    streams = new EventStreams(presence, Limits.STREAMS);
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", "/heartbeat", this::heartbeat),
        Route.of("DELETE", "/heartbeat/{id}", this::signOut),
        Route.of("POST", "/disconnect/{id}", this::signOut),
        Route.of("GET", "/status/users", this::status),
        Route.of("GET", "/lastseen/users", this::lastSeen),
        Route.of("GET", "/events", streams::answer),
        new Route(
            "GET",
            "/count",
            (request, id) ->
                count.result().thenApply(online -> Answer.json(Responses.count(online)))),
        Route.of("GET", "/healthz", this::health),
        new Route(
            "GET",
            "/metrics",
            (request, id) ->
                scrape.result().thenApply(text -> Answer.ok(PrometheusMetrics.TYPE, text))),
        Route.of("GET", "/openapi.json", (request, id) -> Answer.json(description)));
  }

  private Answer heartbeat(Request request, String id) throws HttpProblem {
    long[] userIds = Requests.userIds(request.body());
    if (userIds.length == 1) {
      presence.recordHeartbeat(userIds[0]);
    } else {
      presence.recordHeartbeats(userIds);
    }
    return Answer.NOTHING;
  }

  private Answer signOut(Request request, String id) throws HttpProblem {
    presence.disconnect(Requests.id("id must be a long", "id", id));
    return Answer.NOTHING;
  }

  private Answer status(Request request, String id) throws HttpProblem {
    long[] userIds = Requests.ids(request);
    return Answer.json(Responses.status(userIds, presence.statusOf(userIds)));
  }

  private Answer lastSeen(Request request, String id) throws HttpProblem {
    long[] userIds = Requests.ids(request);
    return Answer.json(Responses.lastSeen(userIds, presence.lastSeenOf(userIds)));
  }

  /**
   * Asks the store and its clock; one that is broken or closed throws, which becomes a 503. A store
   * that cannot reach the others goes on alone, so that is no reason to take the service away.
   */
  private Answer health(Request request, String id) {
    boolean unused = presence.isOnline(0);
    return Answer.json(
        tellsOfReplication
            ? Responses.health(presence.stats().replication().linked())
            : Responses.field("status", "ok"));
  }

  private static byte[] readDescription() {
    try (InputStream file = PresenceApi.class.getResourceAsStream("openapi.json")) {
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
