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
 * @param headline how long each measurement of {@link BenchmarkTables#HEADLINE} takes
 * @param rest how long each other measurement takes
 * @param minutes expected duration on two cores
 */
record BenchmarkPlan(
    int users, List<ContenderType> contenders, Effort headline, Effort rest, int minutes) {

  /**
   * What {@code --help} and the documents say: 36 measurements in 5 JVMs each and 33 in 2 are 246
   * JVMs. Each takes about 5 s to start and to record all users, and 2.8 s to measure. The
   * footprints take another 80 s.
   */
  static final String FULL_MINUTES = "33";

  private static final List<ContenderType> IN_HEADLINE =
      List.of(
          ContenderType.PRESENCE,
          ContenderType.CHRONICLE,
          ContenderType.CONCURRENT_HASH_MAP,
          ContenderType.CONCURRENT_HASH_MAP_AFTER_GC,
          ContenderType.CONCURRENT_HASH_MAP_OF_CELLS,
          ContenderType.CAFFEINE);
  private static final List<ContenderType> OTHERS =
      List.of(ContenderType.HPPC, ContenderType.CHRONICLE_DATA);
  private static final List<ContenderType> SOME =
      List.of(ContenderType.PRESENCE, ContenderType.HPPC, ContenderType.CONCURRENT_HASH_MAP);
  private static final List<ContenderType> PRESENCE = List.of(ContenderType.PRESENCE);

  private static final List<ClockType> BOTH_CLOCKS = List.of(ClockType.values());

  /** A batch reads the clock once, so that it hardly matters what the reading costs. */
  private static final List<ClockType> SYSTEM_CLOCK = List.of(ClockType.SYSTEM);

  /**
   * A quarter of a small machine's memory, a JVM's own choice, is too little for such maps. It is
   * theirs from the start, so that they are not collected more often while the heap grows.
   */
  private static final List<String> HEAP_FOR_OBJECTS = List.of("-Xms4g", "-Xmx4g");

  /** Measurements, and how long each takes. */
  record Step(Part part, Effort effort) {}

  /** What the published figures come from. */
  static BenchmarkPlan full() {
    return new BenchmarkPlan(
        10_000_000,
        List.of(ContenderType.values()),
        new Effort(5, 3, 4, 400),
        new Effort(2, 3, 4, 400),
        Integer.parseInt(FULL_MINUTES));
  }

  /** Shows that everything works. */
  static BenchmarkPlan quick() {
    Effort effort = new Effort(1, 0, 2, 20);
    return new BenchmarkPlan(100_000, List.of(ContenderType.values()), effort, effort, 1);
  }

  /** All measurements, those of the same method beside each other. */
  List<Step> steps() {
    return Stream.of(
            inHeadline(status("statusOf", 100, 1, SYSTEM_CLOCK, "100")),
            inHeadline(status("isOnline", 100, 1, BOTH_CLOCKS, "100")),
            inHeadline(heartbeats("heartbeat", 1, BOTH_CLOCKS)),
            inHeadline(heartbeats("heartbeats", 1, SYSTEM_CLOCK)),
            steps(IN_HEADLINE, status("statusOf", 100, 1, SYSTEM_CLOCK, "20", "1000"), rest),
            steps(OTHERS, status("statusOf", 100, 1, SYSTEM_CLOCK, "20", "1000"), rest),
            steps(SOME, status("statusOf", 20, 1, SYSTEM_CLOCK, "100"), rest),
            steps(PRESENCE, status("statusOf", 100, 2, SYSTEM_CLOCK, "100"), rest),
            steps(PRESENCE, heartbeats("heartbeats", 2, SYSTEM_CLOCK), rest))
        .flatMap(List::stream)
        .toList();
  }

  /** Others are measured beside those of the headline, but more briefly. */
  private List<Step> inHeadline(Part part) {
    return Stream.of(steps(IN_HEADLINE, part, headline), steps(OTHERS, part, rest))
        .flatMap(List::stream)
        .toList();
  }

  private static Part status(
      String method, int onlinePercent, int threads, List<ClockType> clocks, String... batches) {
    return new Part(StatusOfBenchmark.class, List.of(method), Map.of(), threads, List.of())
        .with("batch", List.of(batches))
        .with("ids", List.of(Ids.UNIFORM.name()))
        .with("onlinePercent", List.of(Integer.toString(onlinePercent)))
        .with(BenchmarkResults.CLOCK_PARAM, names(clocks));
  }

  private static Part heartbeats(String method, int threads, List<ClockType> clocks) {
    return new Part(HeartbeatBenchmark.class, List.of(method), Map.of(), threads, List.of())
        .with(BenchmarkResults.CLOCK_PARAM, names(clocks));
  }

  /** One step for those off the heap and one for those on it, whose JVMs alone get arguments. */
  private List<Step> steps(List<ContenderType> some, Part part, Effort effort) {
    Part sized = part.with("users", List.of(Integer.toString(users)));
    return Stream.of(
            sized.with(Figures.SUBJECT_PARAM, names(taking(some, false))),
            sized
                .with(Figures.SUBJECT_PARAM, names(taking(some, true)))
                .withJvmArgs(HEAP_FOR_OBJECTS))
        .filter(any -> any.measurements() > 0)
        .map(any -> new Step(any, effort))
        .toList();
  }

  private List<ContenderType> taking(List<ContenderType> some, boolean onHeap) {
    return some.stream()
        .filter(contender -> contender.isOnHeap() == onHeap && contenders.contains(contender))
        .toList();
  }

  private static List<String> names(List<? extends Enum<?>> values) {
    return values.stream().map(Enum::name).toList();
  }
}
