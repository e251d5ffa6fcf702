package dev.presence.jmh.stores;

import dev.presence.jmh.stores.StoreFigure.Task;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a report has measured.
 *
 * @param plan how much was to be measured
 * @param figures JMH's results
 * @param bytes of each user
 * @param failures why a store has no figures, or not all
 * @param servers what the servers said of themselves
 */
record StoresResults(
    StoresPlan plan,
    List<StoreFigure> figures,
    Map<StoreType, Double> bytes,
    Map<StoreType, String> failures,
    Map<ServerKind, String> servers) {

  static final String BENCHMARKS = "stores.json";
  static final String TABLE = "stores.csv";
  static final String CHART = "stores.svg";
  static final String SUMMARY = "stores.md";

  Optional<StoreFigure> figure(StoreType store, Task task, int ids, int threads) {
    return figures.stream()
        .filter(figure -> figure.store() == store && figure.task() == task)
        .filter(figure -> figure.ids() == ids && figure.threads() == threads)
        .findFirst();
  }

  OptionalDouble micros(StoreType store, Task task, int ids) {
    return figure(store, task, ids, 1).stream().mapToDouble(StoreFigure::micros).findFirst();
  }

  /** The fastest of the stores that have a server. */
  Optional<StoreFigure> fastestRemote(Task task, int ids) {
    return figures.stream()
        .filter(figure -> figure.store().server().isPresent())
        .filter(figure -> figure.task() == task && figure.ids() == ids && figure.threads() == 1)
        .min(Comparator.comparingDouble(StoreFigure::micros));
  }
}
