package dev.presence.jmh.stores;

import dev.presence.jmh.report.Effort;
import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@link StoresReport} measures, and how much.
 *
 * @param stores who takes part
 * @param batches numbers of users in one call
 * @param users number of users recorded in each remote store
 * @param localUsers number of users recorded in this library, where a thread comes round to the
 *     same users within milliseconds unless there are many
 * @param threads number of threads, beside one
 * @param effort how long each measurement takes
 * @param minutes expected duration on two cores
 */
record StoresPlan(
    List<StoreType> stores,
    List<String> batches,
    int users,
    int localUsers,
    int threads,
    Effort effort,
    int minutes) {

  /** What {@code --help} and the documents say. */
  static final String FULL_MINUTES = "25";

  static final int BATCH = 20;
  static final int HEARTBEAT_BATCH = 100;

  private static final List<StoreType> WITHOUT_POOL =
      List.of(StoreType.MARIADB_REPLACE, StoreType.REDIS_EXPIRING, StoreType.DYNAMODB);

  /** What the published figures come from. */
  static StoresPlan full() {
    return new StoresPlan(
        List.of(StoreType.values()),
        List.of("20", "100", "1000"),
        50_000,
        1_000_000,
        8,
        new Effort(3, 2, 4, 500),
        Integer.parseInt(FULL_MINUTES));
  }

  /** Shows that everything works. */
  static StoresPlan quick() {
    return new StoresPlan(
        List.of(StoreType.values()), List.of("20"), 2000, 100_000, 8, new Effort(0, 0, 1, 20), 1);
  }

  /** The same with some of the stores. */
  StoresPlan only(List<StoreType> some) {
    return new StoresPlan(some, batches, users, localUsers, threads, effort, minutes);
  }

  /** The measurements of a store; {@link #recorded} tells them who is in it. */
  List<Part> parts(StoreType store) {
    List<String> heartbeats = List.of("heartbeat", "heartbeats");
    List<String> batch = List.of(Integer.toString(BATCH));
    List<String> heartbeatBatch = List.of(Integer.toString(HEARTBEAT_BATCH));
    List<Part> parts = new ArrayList<>();
    parts.add(part(StoresBenchmark.class, List.of("statusOf"), batches, 1));
    parts.add(part(StoresBenchmark.class, List.of("isOnline"), batch, 1));
    parts.add(part(StoresBenchmark.class, heartbeats, heartbeatBatch, 1));
    parts.add(part(StoresBenchmark.class, List.of("statusOf"), batch, threads));
    parts.add(part(StoresBenchmark.class, heartbeats, heartbeatBatch, threads));
    if (WITHOUT_POOL.contains(store)) {
      parts.add(part(ConnectionsBenchmark.class, List.of("statusOfWithoutPool"), batch, 1));
    }
    return parts;
  }

  /**
   * A part for a store in which the users are recorded.
   *
   * @param second when they were recorded, in epoch seconds
   * @param jvmArgs arguments that lead to the store's server
   */
  Part recorded(Part part, StoreType store, long second, List<String> jvmArgs) {
    return part.with(Figures.SUBJECT_PARAM, List.of(store.name()))
        .with("users", List.of(Integer.toString(users(store))))
        .with("loaded", List.of(Long.toString(second)))
        .withJvmArgs(jvmArgs);
  }

  int users(StoreType store) {
    return store.server().isPresent() ? users : localUsers;
  }

  private static Part part(
      Class<?> benchmark, List<String> methods, List<String> ids, int threads) {
    return new Part(benchmark, methods, Map.of("ids", ids), threads, List.of());
  }
}
