package dev.presence.jmh.report;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Results of JMH, read back from its JSON. */
public record Figures(List<Figure> all) {

  /** The parameter that names the subject of a benchmark. */
  public static final String SUBJECT_PARAM = "store";

  /** Reads a file that {@link JmhJson} wrote. */
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

  /** The value of a subject, if it was measured. */
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
