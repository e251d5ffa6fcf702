package dev.presence.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URLDecoder;
import java.util.stream.LongStream;

/** Reads user ids from requests. Stateless, so any number of threads may use it. */
final class Requests {

  static final int MAX_IDS = 1_000;

  /** Clients choose the field names, so the parser does not cache them. */
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES).build();

  private Requests() {}

  /** Reads {@code {"user_id":123}}; other fields are ignored, so clients may add some. */
  static long userId(byte[] body) throws HttpProblem {
    boolean found = false;
    long userId = 0;
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw notOneObject(body);
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        boolean isUserId = parser.currentName().equals("user_id");
        JsonToken value = parser.nextToken();
        if (!isUserId) {
          parser.skipChildren();
          continue;
        }
        if (found) {
          throw badBody("user_id must be given once", body);
        }
        if (value != JsonToken.VALUE_NUMBER_INT
            || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
          throw badBody("user_id must be a long", body);
        }
        userId = parser.getLongValue();
        found = true;
      }
      if (parser.nextToken() != null) {
        throw notOneObject(body);
      }
    } catch (IOException e) {
      // The bytes are in memory, so this is about their syntax.
      throw notOneObject(body);
    }
    if (!found) {
      throw badBody("user_id must be given", body);
    }
    return userId;
  }

  /**
   * Reads {@code ids=1,2,3} and returns each id once, in the order of the query. Other parameters
   * are ignored; a second {@code ids} is refused, because it has no agreed meaning.
   */
  static long[] ids(String rawQuery) throws HttpProblem {
    String ids = null;
    for (String parameter : (rawQuery == null ? "" : rawQuery).split("&", -1)) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (!name.equals("ids")) {
        continue;
      }
      if (ids != null) {
        throw HttpProblem.badRequest("ids must be given once: query=" + rawQuery);
      }
      ids = equals < 0 ? "" : URLDecoder.decode(parameter.substring(equals + 1), UTF_8);
    }
    if (ids == null) {
      throw HttpProblem.badRequest(
          "ids must be given: query=" + (rawQuery == null ? "" : rawQuery));
    }
    if (ids.isEmpty()) {
      throw HttpProblem.badRequest("ids must not be empty: ids=");
    }
    String[] parts = ids.split(",", -1);
    if (parts.length > MAX_IDS) {
      throw HttpProblem.badRequest(
          "ids must be at most " + MAX_IDS + ": number of ids=" + parts.length);
    }
    long[] userIds = new long[parts.length];
    for (int i = 0; i < parts.length; i++) {
      userIds[i] = parseLong(parts[i]);
    }
    return LongStream.of(userIds).distinct().toArray();
  }

  /** Accepts an id only as the answer prints it, so that a client finds the key it asked for. */
  private static long parseLong(String id) throws HttpProblem {
    try {
      long value = Long.parseLong(id);
      if (Long.toString(value).equals(id)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through: refused with the same message as 007 and +7.
    }
    throw HttpProblem.badRequest("ids must be longs: ids=" + id);
  }

  private static HttpProblem notOneObject(byte[] body) {
    return badBody("body must be one JSON object", body);
  }

  private static HttpProblem badBody(String rule, byte[] body) {
    return HttpProblem.badRequest(rule + ": body=" + new String(body, UTF_8));
  }
}
