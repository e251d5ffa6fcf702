package dev.presence.jmh.stores;

import java.util.List;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How much the report measures.
 *
 * @param stores which of them take part
 * @param batches how many users are asked for in one call
 * @param users recorded in each remote store
 * @param localUsers recorded in this library, which has room for a million by default; where a
 *     thread comes round to the same users within milliseconds there must be more of them
 * @param threads how many threads call the store at the same time, beside one
 * @param forks JVMs for each measurement; 0 measures in this one, where figures mean nothing
 * @param warmups iterations before each measurement
 * @param measurements iterations of each measurement
 * @param time of each iteration
 */
record StoresPlan(
    List<StoreType> stores,
    List<String> batches,
    int users,
    int localUsers,
    int threads,
    int forks,
    int warmups,
    int measurements,
    TimeValue time) {

  /** The design's batch. */
  static final String TWENTY = "20";

  /** What the published figures come from. */
  static StoresPlan full() {
    return new StoresPlan(
        List.of(StoreType.values()),
        List.of(TWENTY, "100", "1000"),
        50_000,
        1_000_000,
        8,
        1,
        3,
        3,
        TimeValue.milliseconds(500));
  }

  /** Shows in about a minute that everything works; its figures mean nothing. */
  static StoresPlan quick() {
    return new StoresPlan(
        List.of(StoreType.values()),
        List.of(TWENTY),
        2000,
        100_000,
        8,
        0,
        0,
        1,
        TimeValue.milliseconds(20));
  }

  /** The same with some of the stores. */
  StoresPlan only(List<StoreType> some) {
    return new StoresPlan(
        some, batches, users, localUsers, threads, forks, warmups, measurements, time);
  }

  int users(StoreType store) {
    return store.server().isPresent() ? users : localUsers;
  }
}
