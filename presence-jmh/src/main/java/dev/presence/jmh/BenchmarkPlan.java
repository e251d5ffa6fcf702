package dev.presence.jmh;

import dev.presence.jmh.report.Effort;
import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.Part;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What {@link BenchmarkReport} measures, and how much.
 *
 * @param users number of users recorded before each measurement
 * @param contenders who takes part
 * @param effort how long each measurement takes
 * @param minutes expected duration on two cores
 */
record BenchmarkPlan(int users, List<ContenderType> contenders, Effort effort, int minutes) {

  /** What {@code --help} and the documents say. */
  static final String FULL_MINUTES = "25";

  private static final List<ContenderType> ALL = List.of(ContenderType.values());
  private static final List<ContenderType> PRESENCE = List.of(ContenderType.PRESENCE);

  /** A quarter of a small machine's memory, a JVM's own choice, is too little for such maps. */
  private static final List<String> HEAP_FOR_OBJECTS = List.of("-Xmx4g");

  /** What the published figures come from. */
  static BenchmarkPlan full() {
    return new BenchmarkPlan(
        10_000_000, ALL, new Effort(3, 3, 4, 500), Integer.parseInt(FULL_MINUTES));
  }

  /** Shows that everything works. */
  static BenchmarkPlan quick() {
    return new BenchmarkPlan(100_000, ALL, new Effort(1, 0, 2, 20), 1);
  }

  /** The measurements; only those of maps of objects give their JVMs an argument. */
  List<Part> parts() {
    List<ContenderType> some =
        List.of(ContenderType.PRESENCE, ContenderType.HPPC, ContenderType.CONCURRENT_HASH_MAP);
    return Stream.of(
            parts(ALL, status("statusOf", 100, 1, "20", "100", "1000")),
            parts(ALL, status("isOnline", 100, 1, "100")),
            parts(ALL, heartbeats(1, "heartbeat", "heartbeats")),
            parts(some, status("statusOf", 20, 1, "100")),
            parts(PRESENCE, status("statusOf", 100, 2, "100")),
            parts(PRESENCE, heartbeats(2, "heartbeats")))
        .flatMap(List::stream)
        .toList();
  }

  private static Part status(String method, int onlinePercent, int threads, String... batches) {
    return new Part(StatusOfBenchmark.class, List.of(method), Map.of(), threads, List.of())
        .with("batch", List.of(batches))
        .with("ids", List.of(Ids.UNIFORM.name()))
        .with("onlinePercent", List.of(Integer.toString(onlinePercent)));
  }

  private static Part heartbeats(int threads, String... methods) {
    return new Part(HeartbeatBenchmark.class, List.of(methods), Map.of(), threads, List.of());
  }

  private List<Part> parts(List<ContenderType> some, Part part) {
    Part sized = part.with("users", List.of(Integer.toString(users)));
    return Stream.of(
            sized.with(Figures.SUBJECT_PARAM, names(some, false)),
            sized.with(Figures.SUBJECT_PARAM, names(some, true)).withJvmArgs(HEAP_FOR_OBJECTS))
        .filter(any -> any.measurements() > 0)
        .toList();
  }

  private List<String> names(List<ContenderType> some, boolean onHeap) {
    return some.stream()
        .filter(contender -> contender.isOnHeap() == onHeap && contenders.contains(contender))
        .map(ContenderType::name)
        .toList();
  }
}
