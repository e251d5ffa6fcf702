package dev.presence.jmh;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.Json;
import dev.presence.jmh.report.Measure;
import dev.presence.jmh.report.Score;
import dev.presence.jmh.report.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a report has measured, read back from its files. Times are nanoseconds per user. */
record BenchmarkResults(Figures figures, List<Footprint> footprints, Environment environment) {

  static final String BENCHMARKS = "benchmarks.json";
  static final String FOOTPRINTS = "footprint.json";
  static final String ENVIRONMENT = "environment.json";

  /** The parameter that says what a reading of the clock costs. */
  static final String CLOCK_PARAM = "clock";

  static final Measure IS_ONLINE = status("isOnline", 100).with(CLOCK_PARAM, ClockType.SYSTEM);
  static final Measure IS_ONLINE_FREE_CLOCK = IS_ONLINE.with(CLOCK_PARAM, ClockType.FREE);
  static final Measure STATUS_OF_20 = status("statusOf", 20);
  static final Measure STATUS_OF_100 = status("statusOf", 100);
  static final Measure STATUS_OF_1000 = status("statusOf", 1000);
  static final Measure STATUS_OF_100_MOSTLY_OFFLINE = STATUS_OF_100.with("onlinePercent", 20);
  static final Measure HEARTBEAT =
      Measure.of(HeartbeatBenchmark.class, "heartbeat").with(CLOCK_PARAM, ClockType.SYSTEM);
  static final Measure HEARTBEAT_FREE_CLOCK = HEARTBEAT.with(CLOCK_PARAM, ClockType.FREE);
  static final Measure HEARTBEATS_100 = Measure.of(HeartbeatBenchmark.class, "heartbeats");

  private static final List<ContenderType> HASH_MAPS =
      List.of(
          ContenderType.CONCURRENT_HASH_MAP,
          ContenderType.CONCURRENT_HASH_MAP_AFTER_GC,
          ContenderType.CONCURRENT_HASH_MAP_OF_CELLS);

  static BenchmarkResults read(Path folder) throws IOException {
    return new BenchmarkResults(
        Figures.read(folder.resolve(BENCHMARKS)),
        Json.read(folder.resolve(FOOTPRINTS), new TypeReference<List<Footprint>>() {}),
        Json.read(folder.resolve(ENVIRONMENT), new TypeReference<Environment>() {}));
  }

  /** Those with any figure, in the order of tables. */
  List<ContenderType> contenders() {
    return Arrays.stream(ContenderType.values())
        .filter(
            contender ->
                figures.all().stream()
                    .anyMatch(
                        figure ->
                            contender.name().equals(figure.params().get(Figures.SUBJECT_PARAM))))
        .toList();
  }

  int users() {
    return figures.all().stream()
        .mapToInt(figure -> Integer.parseInt(figure.params().get("users")))
        .max()
        .orElse(0);
  }

  /** Divides the time of a call by its users, unless JMH has done so. */
  Optional<Score> score(Measure measure, ContenderType contender) {
    return figures
        .find(measure, Subject.of(contender))
        .map(
            score ->
                score.dividedBy(Integer.parseInt(measure.params().getOrDefault("batch", "1"))));
  }

  OptionalDouble nanos(Measure measure, ContenderType contender) {
    return score(measure, contender).stream().mapToDouble(Score::value).findFirst();
  }

  /** The time of {@code ConcurrentHashMap} in whichever of its forms is faster here. */
  OptionalDouble nanosOfBestHashMap(Measure measure) {
    return HASH_MAPS.stream().flatMapToDouble(form -> nanos(measure, form).stream()).min();
  }

  Optional<Footprint> footprint(ContenderType contender) {
    return footprints.stream().filter(one -> one.contender() == contender).findFirst();
  }

  private static Measure status(String method, int batch) {
    return Measure.of(StatusOfBenchmark.class, method)
        .with("batch", batch)
        .with("onlinePercent", 100);
  }
}
