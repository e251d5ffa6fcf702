package dev.presence.jmh.report;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/** Results of JMH, in files of its own format. */
public record Figures(List<Figure> all) {

  /** The parameter that names the subject of a benchmark. */
  public static final String SUBJECT_PARAM = "store";

  /**
   * Writes a file in JMH's own format, without the path of the JVM and the addresses of servers,
   * which may hold passwords.
   */
  public static void write(Path file, Collection<RunResult> results) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    Files.writeString(
        file,
        bytes
            .toString(StandardCharsets.UTF_8)
            .replaceAll("(\"jvm\" : )\"[^\"]*\"", "$1\"java\"")
            .replaceAll("(\"-Dpresence\\.stores\\.\\w+=)[^\"]*\"", "$1...\""));
  }

  /** Reads such a file. */
  public static Figures read(Path file) throws IOException {
    return new Figures(Json.read(file, new TypeReference<List<Figure>>() {}));
  }

  /** The score of a subject, if it was measured. */
  public Optional<Score> find(Measure measure, Subject subject) {
    return all.stream()
        .filter(measure.with(SUBJECT_PARAM, subject.name())::selects)
        .map(Figure::score)
        .findFirst();
  }

  public OptionalDouble value(Measure measure, Subject subject) {
    return find(measure, subject).stream().mapToDouble(Score::value).findFirst();
  }

  /** One quotient of two values, if both were measured. */
  public static OptionalDouble quotient(OptionalDouble dividend, OptionalDouble divisor) {
    return dividend.isPresent() && divisor.isPresent()
        ? OptionalDouble.of(dividend.getAsDouble() / divisor.getAsDouble())
        : OptionalDouble.empty();
  }
}
