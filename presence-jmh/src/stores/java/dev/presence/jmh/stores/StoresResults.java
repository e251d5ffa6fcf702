package dev.presence.jmh.stores;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.presence.jmh.report.Environment;
import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.Json;
import dev.presence.jmh.report.Measure;
import dev.presence.jmh.report.Score;
import dev.presence.jmh.report.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a report has measured, read back from its files. Scores are microseconds per call.
 *
 * @param figures results of JMH
 * @param run everything else
 */
record StoresResults(Figures figures, Run run) {

  static final String BENCHMARKS = "stores.json";
  static final String RUN = "stores-run.json";

  /**
   * What is not among JMH's results.
   *
   * @param stores those that were to be measured
   * @param users number of users in each remote store
   * @param localUsers number of users in this library
   * @param bytesPerUser memory, by the store's own account
   * @param failures why a store has no figures, or not all
   * @param servers what the servers said of themselves
   * @param environment where, when and how
   */
  record Run(
      List<StoreType> stores,
      int users,
      int localUsers,
      int threads,
      Map<StoreType, Double> bytesPerUser,
      Map<StoreType, String> failures,
      Map<ServerKind, String> servers,
      Environment environment) {}

  static StoresResults read(Path folder) throws IOException {
    return new StoresResults(
        Figures.read(folder.resolve(BENCHMARKS)),
        Json.read(folder.resolve(RUN), new TypeReference<Run>() {}));
  }

  /** One call for so many users. */
  static Measure statusOf(int users) {
    return Measure.of(StoresBenchmark.class, "statusOf").with("ids", users);
  }

  /** As many calls for one user each. */
  static Measure isOnline(int users) {
    return Measure.of(StoresBenchmark.class, "isOnline").with("ids", users);
  }

  /** One call for so many users over a connection of its own. */
  static Measure statusOfWithoutPool(int users) {
    return Measure.of(ConnectionsBenchmark.class, "statusOfWithoutPool").with("ids", users);
  }

  /** One call for one or many users. */
  static Measure heartbeats(int users) {
    return users == 1
        ? Measure.of(StoresBenchmark.class, "heartbeat")
        : Measure.of(StoresBenchmark.class, "heartbeats").with("ids", users);
  }

  Optional<Score> score(Measure measure, StoreType store) {
    return figures.find(measure, Subject.of(store));
  }

  OptionalDouble micros(Measure measure, StoreType store) {
    return figures.value(measure, Subject.of(store));
  }

  /** Heartbeats per second of all threads together. */
  OptionalDouble heartbeatsPerSecond(StoreType store, int users, int threads) {
    return micros(heartbeats(users).inThreads(threads), store).stream()
        .map(micros -> threads * users * 1e6 / micros)
        .findFirst();
  }

  /** Those without a failure. */
  List<StoreType> measured() {
    return run.stores.stream().filter(store -> !run.failures.containsKey(store)).toList();
  }

  Optional<StoreType> fastestRemote(Measure measure) {
    return measured().stream()
        .filter(store -> store.server().isPresent() && score(measure, store).isPresent())
        .min(Comparator.comparingDouble(store -> micros(measure, store).orElseThrow()));
  }
}
