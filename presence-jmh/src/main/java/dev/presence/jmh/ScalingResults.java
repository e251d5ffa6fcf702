package dev.presence.jmh;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.Figure;
import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.Json;
import dev.presence.jmh.report.Measure;
import dev.presence.jmh.report.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** What {@link ScalingReport} has measured, read back from its files. */
record ScalingResults(Figures figures, Environment environment) {

  static final String SCALING = "scaling.json";
  static final String ENVIRONMENT = "scaling-environment.json";

  static final int BATCH = 100;

  /**
   * What was called.
   *
   * @param name in tables and charts
   * @param measure of one thread
   * @param usersOfScore users whose time the score is
   */
  record Call(String name, Measure measure, int usersOfScore) {}

  static final List<Call> CALLS =
      List.of(
          new Call("statusOf 100", status("statusOf"), BATCH),
          new Call("isOnline", status("isOnline"), BATCH),
          new Call("recordHeartbeats 100", Measure.of(HeartbeatBenchmark.class, "heartbeats"), 1),
          new Call("recordHeartbeat", Measure.of(HeartbeatBenchmark.class, "heartbeat"), 1),
          new Call(
              "half and half, 100",
              Measure.of(HalfHeartbeatsBenchmark.class, "heartbeatsAndStatus"),
              1));

  static ScalingResults read(Path folder) throws IOException {
    return new ScalingResults(
        Figures.read(folder.resolve(SCALING)),
        Json.read(folder.resolve(ENVIRONMENT), new TypeReference<Environment>() {}));
  }

  private static Measure status(String method) {
    return Measure.of(StatusOfBenchmark.class, method).with("batch", BATCH);
  }

  /** The numbers of threads, from the smallest. */
  List<Integer> threads() {
    return figures.all().stream().map(Figure::threads).distinct().sorted().toList();
  }

  int users() {
    return figures.all().stream()
        .mapToInt(figure -> Integer.parseInt(figure.params().get("users")))
        .max()
        .orElse(0);
  }

  /** Users a second of all threads together. */
  OptionalDouble throughput(Call call, int threads, ContenderType contender) {
    return figures.value(call.measure().inThreads(threads), Subject.of(contender)).stream()
        .map(nanos -> threads * call.usersOfScore() * 1e9 / nanos)
        .findFirst();
  }

  /** How many times as much as one thread. */
  OptionalDouble ratio(Call call, int threads, ContenderType contender) {
    return Figures.quotient(throughput(call, threads, contender), throughput(call, 1, contender));
  }
}
