package dev.presence.jmh;

import dev.presence.jmh.report.Effort;
import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What {@link ScalingReport} measures, and how much.
 *
 * @param users number of users recorded before each measurement
 * @param mostThreads the largest number of threads
 * @param effort how long each measurement takes
 * @param minutesEach expected duration for each number of threads, on two cores
 */
record ScalingPlan(int users, int mostThreads, Effort effort, double minutesEach) {

  /** What {@code --help} and the documents say. */
  static final String FULL_MINUTES = "5";

  static final List<ContenderType> CONTENDERS =
      List.of(ContenderType.PRESENCE, ContenderType.CONCURRENT_HASH_MAP);

  /**
   * One thread moves the clock by a second after its share of the users. With fewer, it does so so
   * often that a thread that the system holds up for a moment finds its users expired.
   */
  private static final int FEWEST_OF_A_THREAD = 50_000;

  private static final int USERS = 10_000_000;
  private static final int USERS_OF_A_THREAD = 100_000;

  /** For ten million users in a map of objects, and the ids to ask for. */
  private static final List<String> HEAP_FOR_OBJECTS = List.of("-Xmx4g");

  /** As presence ships, and read by both contenders. */
  private static final Map<String, List<String>> CLOCK =
      Map.of(BenchmarkResults.CLOCK_PARAM, List.of(ClockType.SYSTEM.name()));

  ScalingPlan {
    if (mostThreads < 1 || users / mostThreads < FEWEST_OF_A_THREAD) {
      throw new IllegalArgumentException(
          "users must be >= "
              + FEWEST_OF_A_THREAD
              + " for each thread: users="
              + users
              + " threads="
              + mostThreads);
    }
  }

  /** What published figures come from. */
  static ScalingPlan full(int mostThreads) {
    return new ScalingPlan(
        Math.max(USERS, USERS_OF_A_THREAD * mostThreads),
        mostThreads,
        new Effort(2, 3, 4, 500),
        Double.parseDouble(FULL_MINUTES));
  }

  /** Shows that everything works. */
  static ScalingPlan quick(int mostThreads) {
    return new ScalingPlan(
        USERS_OF_A_THREAD * mostThreads, mostThreads, new Effort(1, 0, 2, 20), 0.5);
  }

  /** 1, 2, 4 and so on below the largest number, and that. */
  List<Integer> threads() {
    List<Integer> all = new ArrayList<>();
    for (long threads = 1; threads < mostThreads; threads *= 2) {
      all.add((int) threads);
    }
    all.add(mostThreads);
    return all;
  }

  double minutes() {
    return minutesEach * threads().size();
  }

  /** All measurements of a number of threads, then those of the next one. */
  List<Part> parts() {
    return threads().stream().flatMap(this::parts).toList();
  }

  private Stream<Part> parts(int threads) {
    return Stream.of(
            status(threads),
            new Part(
                HeartbeatBenchmark.class,
                List.of("heartbeat", "heartbeats"),
                CLOCK,
                threads,
                List.of()),
            new Part(
                HalfHeartbeatsBenchmark.class,
                List.of("heartbeatsAndStatus"),
                Map.of(),
                threads,
                List.of()))
        .map(part -> part.with("users", List.of(Integer.toString(users))))
        .flatMap(
            part ->
                CONTENDERS.stream()
                    .map(
                        contender ->
                            part.with(Figures.SUBJECT_PARAM, List.of(contender.name()))
                                .withJvmArgs(contender.isOnHeap() ? HEAP_FOR_OBJECTS : List.of())));
  }

  private static Part status(int threads) {
    return new Part(
            StatusOfBenchmark.class, List.of("statusOf", "isOnline"), CLOCK, threads, List.of())
        .with("batch", List.of(Integer.toString(ScalingResults.BATCH)))
        .with("ids", List.of(Ids.UNIFORM.name()))
        .with("onlinePercent", List.of("100"));
  }
}
