package dev.presence.examples.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Reads user ids from requests. Stateless, so any number of threads may use it. */
final class Requests {

  /** Far more than a heartbeat needs, and too little to cost much. */
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(32)
          .maxNumberLength(100)
          .maxNameLength(1_000)
          .build();

  /** Clients choose the field names, so the parser does not cache them. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(LIMITS)
          .build();

  private Requests() {}

  /**
   * Reads {@code {"user_id":123}} or {@code {"user_ids":[1,2]}}. An id may also be a string. Other
   * fields are ignored, so clients may add some.
   */
  static long[] userIds(byte[] body) throws HttpProblem {
    long[] userIds = null;
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw notOneObject(body);
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        if (!name.equals("user_id") && !name.equals("user_ids")) {
          parser.skipChildren();
          continue;
        }
        if (userIds != null) {
          throw badBody("user_id or user_ids must be given once", body);
        }
        userIds =
            name.equals("user_id") ? new long[] {userId(parser, body)} : userIds(parser, body);
      }
      if (parser.nextToken() != null) {
        throw notOneObject(body);
      }
    } catch (StreamConstraintsException e) {
      throw badBody("body must not have more than 32 levels or numbers of 100 digits", body);
    } catch (IOException e) {
      // The bytes are in memory, so this is about their syntax.
      throw notOneObject(body);
    }
    if (userIds == null) {
      throw badBody("user_id or user_ids must be given", body);
    }
    return userIds;
  }

  private static long[] userIds(JsonParser parser, byte[] body) throws IOException, HttpProblem {
    if (!parser.isExpectedStartArrayToken()) {
      throw badBody("user_ids must be an array", body);
    }
    long[] userIds = new long[Limits.IDS];
    int count = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (count == Limits.IDS) {
        throw badBody("user_ids must be at most " + Limits.IDS, body);
      }
      userIds[count++] = userId(parser, body);
    }
    return Arrays.copyOf(userIds, count);
  }

  private static long userId(JsonParser parser, byte[] body) throws IOException, HttpProblem {
    if (parser.hasToken(JsonToken.VALUE_STRING)) {
      return id("user_id must be a long", "user_id", parser.getText());
    }
    if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw badBody("user_id must be a long", body);
    }
    return parser.getLongValue();
  }

  /**
   * Reads {@code ids=1,2,3}, {@code ids=1&ids=2} or both, and returns each id once, in the order of
   * the query. Other parameters are ignored.
   */
  static long[] ids(Request request) throws HttpProblem {
    List<String> values = request.parameters().get("ids");
    if (values == null) {
      throw HttpProblem.badRequest("ids must be given", "query", request.query());
    }
    if (values.size() == 1 && values.get(0).isEmpty()) {
      throw HttpProblem.badRequest("ids must not be empty", "ids", "");
    }
    LongStream.Builder userIds = LongStream.builder();
    int count = 0;
    for (String value : values) {
      String[] parts = value.split(",", -1);
      count += parts.length;
      if (count <= Limits.IDS) {
        for (String part : parts) {
          userIds.add(id("ids must be longs", "ids", part));
        }
      }
    }
    if (count > Limits.IDS) {
      throw HttpProblem.badRequest(
          "ids must be at most " + Limits.IDS, "number of ids", Integer.toString(count));
    }
    return userIds.build().distinct().toArray();
  }

  /** Accepts an id only as the answer prints it, so that a client finds the key it asked for. */
  static long id(String rule, String name, String text) throws HttpProblem {
    try {
      long value = Long.parseLong(text);
      if (Long.toString(value).equals(text)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through: refused with the same message as 007 and +7.
    }
    throw HttpProblem.badRequest(rule, name, text);
  }

  private static HttpProblem notOneObject(byte[] body) {
    return badBody("body must be one JSON object", body);
  }

  private static HttpProblem badBody(String rule, byte[] body) {
    return HttpProblem.badRequest(rule, "body", new String(body, UTF_8));
  }
}
