package dev.presence.examples.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** A whole answer, or the head of one. Immutable by convention: nobody writes the body. */
final class Answer {

  private static final String JSON = "application/json";
  private static final byte[] NO_BODY = {};

  /** Done, and nothing to tell. */
  static final Answer NOTHING = new Answer(204, "", NO_BODY, null, Map.of());

  private final int status;
  private final String type;
  private final byte[] body;
  private final BodyStream stream;
  private final Map<String, String> headers;

  private Answer(
      int status, String type, byte[] body, BodyStream stream, Map<String, String> headers) {
    this.status = status;
    this.type = type;
    this.body = body;
    this.stream = stream;
    this.headers = headers;
  }

  static Answer json(byte[] body) {
    return ok(JSON, body);
  }

  static Answer ok(String type, byte[] body) {
    return new Answer(200, type, body, null, Map.of());
  }

  /** The body is written later; whoever answers closes the stream. */
  static Answer stream(String type, BodyStream stream) {
    return new Answer(200, type, NO_BODY, stream, Map.of());
  }

  static Answer error(int status, String message) {
    return new Answer(status, JSON, Responses.field("error", message), null, Map.of());
  }

  static Answer error(HttpProblem problem) {
    return error(problem.status(), problem.getMessage());
  }

  Answer with(String name, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(name, value);
    return new Answer(status, type, body, stream, all);
  }

  int status() {
    return status;
  }

  /** The type of the body. */
  String type() {
    return type;
  }

  /** The body, empty if there is none. */
  byte[] body() {
    return body;
  }

  /** What writes the body later; null if {@link #body()} is all. */
  BodyStream stream() {
    return stream;
  }

  /** The headers of this answer alone. */
  Map<String, String> headers() {
    return headers;
  }
}
