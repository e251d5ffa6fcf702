package dev.presence.examples.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** A whole request. Immutable by convention: nobody writes the body. */
final class Request {

  /** More than fit into the longest line, so that none is left out in silence. */
  private static final int MAX_PARAMETERS = Limits.LINE_BYTES;

  private final String method;
  private final QueryStringDecoder uri;
  private final String path;
  private final Map<String, List<String>> parameters;
  private final byte[] body;

  /**
   * Reads the target of a request.
   *
   * @throws HttpProblem if it is no URI
   */
  Request(String method, String target, byte[] body) throws HttpProblem {
    this.method = method;
    this.body = body;
    try {
      uri = QueryStringDecoder.builder().maxParams(MAX_PARAMETERS).build(relative(target));
      path = uri.path();
      parameters = uri.parameters();
    } catch (IllegalArgumentException e) {
      throw HttpProblem.badRequest("target must be a URI", "target", target);
    }
  }

  String method() {
    return method;
  }

  /** The path, without escapes. */
  String path() {
    return path;
  }

  /** The query, with its escapes; empty if there is none. */
  String query() {
    return uri.rawQuery();
  }

  /** The parameters of the query, without escapes, each with its values in order. */
  Map<String, List<String>> parameters() {
    return parameters;
  }

  /** The body, empty if there is none. */
  byte[] body() {
    return body;
  }

  /** A client may name the whole URI, as it does for a proxy. */
  private static String relative(String target) {
    if (!target.startsWith("http://")) {
      return target;
    }
    URI uri = URI.create(target);
    String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }
}
