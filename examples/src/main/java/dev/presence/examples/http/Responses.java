package dev.presence.examples.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.presence.Presence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes the answers as JSON. Stateless, so any number of threads may use it. */
final class Responses {

  private static final JsonFactory JSON = new JsonFactory();

  private Responses() {}

  static byte[] field(String name, String value) {
    return object(json -> json.writeStringField(name, value));
  }

  static byte[] health(boolean isLinked) {
    return object(
        json -> {
          json.writeStringField("status", "ok");
          json.writeStringField("replication", isLinked ? "linked" : "lost");
        });
  }

  static byte[] count(long online) {
    return object(json -> json.writeNumberField("online", online));
  }

  static byte[] status(long[] userIds, boolean[] online) {
    return object(
        json -> {
          for (int i = 0; i < userIds.length; i++) {
            json.writeBooleanField(Long.toString(userIds[i]), online[i]);
          }
        });
  }

  static byte[] lastSeen(long[] userIds, long[] epochSeconds) {
    return object(json -> writeLastSeen(json, userIds, epochSeconds));
  }

  static byte[] seen(long userId, long epochSecond) {
    return object(
        json -> {
          json.writeStringField("user_id", Long.toString(userId));
          json.writeNumberField("epoch_second", epochSecond);
        });
  }

  static byte[] now(long epochSecond) {
    return object(json -> json.writeNumberField("now", epochSecond));
  }

  static byte[] snapshot(long nowSeconds, long windowSeconds, long[] userIds, long[] epochSeconds) {
    return object(
        json -> {
          json.writeNumberField("now", nowSeconds);
          json.writeNumberField("window_seconds", windowSeconds);
          json.writeObjectFieldStart("last_seen");
          writeLastSeen(json, userIds, epochSeconds);
          json.writeEndObject();
        });
  }

  private static void writeLastSeen(JsonGenerator json, long[] userIds, long[] epochSeconds)
      throws IOException {
    for (int i = 0; i < userIds.length; i++) {
      String name = Long.toString(userIds[i]);
      if (epochSeconds[i] == Presence.NEVER) {
        json.writeNullField(name);
      } else {
        json.writeNumberField(name, epochSeconds[i]);
      }
    }
  }

  private static byte[] object(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      fields.writeTo(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // never: it writes to memory
    }
    return bytes.toByteArray();
  }

  @FunctionalInterface
  private interface Fields {
    void writeTo(JsonGenerator json) throws IOException;
  }
}
