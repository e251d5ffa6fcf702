package dev.presence.jmh.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records as JSON files and lines. */
public final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  public static <T> T read(Path file, TypeReference<T> type) throws IOException {
    return MAPPER.readValue(file.toFile(), type);
  }

  public static void write(Path file, Object value) throws IOException {
    String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
  }

  public static <T> T parse(String line, Class<T> type) throws IOException {
    return MAPPER.readValue(line, type);
  }

  public static String line(Object value) throws IOException {
    return MAPPER.writeValueAsString(value);
  }
}
