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
    return Stream.of(
            status(ALL, "statusOf", 100, 1, "20", "100", "1000"),
            status(ALL, "isOnline", 100, 1, "100"),
            heartbeats(ALL, 1, "heartbeat", "heartbeats"),
            status(
                List.of(
                    ContenderType.PRESENCE, ContenderType.HPPC, ContenderType.CONCURRENT_HASH_MAP),
                "statusOf",
                20,
                1,
                "100"),
            status(PRESENCE, "statusOf", 100, 2, "100"),
            heartbeats(PRESENCE, 2, "heartbeats"))
        .flatMap(List::stream)
        .toList();
  }

  private List<Part> status(
      List<ContenderType> some, String method, int onlinePercent, int threads, String... batches) {
    return parts(
        some,
        new Part(
            StatusOfBenchmark.class,
            List.of(method),
            Map.of(
                "batch",
                List.of(batches),
                "ids",
                List.of(Ids.UNIFORM.name()),
                "onlinePercent",
                List.of(Integer.toString(onlinePercent))),
            threads,
            List.of()));
  }

  private List<Part> heartbeats(List<ContenderType> some, int threads, String... methods) {
    return parts(
        some, new Part(HeartbeatBenchmark.class, List.of(methods), Map.of(), threads, List.of()));
  }

  private List<Part> parts(List<ContenderType> some, Part part) {
    Part sized = part.with("users", List.of(Integer.toString(users)));
    return Stream.of(false, true)
        .map(onHeap -> names(some, onHeap))
        .filter(names -> !names.isEmpty())
        .map(
            names ->
                ContenderType.valueOf(names.get(0)).isOnHeap()
                    ? sized.with(Figures.SUBJECT_PARAM, names).withJvmArgs(HEAP_FOR_OBJECTS)
                    : sized.with(Figures.SUBJECT_PARAM, names))
        .toList();
  }

  private List<String> names(List<ContenderType> some, boolean onHeap) {
    return some.stream()
        .filter(contenders::contains)
        .filter(contender -> contender.isOnHeap() == onHeap)
        .map(ContenderType::name)
        .toList();
  }
}
