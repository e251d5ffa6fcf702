package dev.presence.jmh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a report has measured, read back from its files. */
record Results(List<Figure> figures, FootprintTable footprints, Environment environment) {

  static Results read(Path folder) throws IOException {
    List<?> results = (List<?>) Json.read(folder.resolve(ReportFiles.BENCHMARKS));
    return new Results(
        results.stream().map(result -> Figure.of((Map<?, ?>) result)).toList(),
        FootprintTable.read(folder),
        Environment.read(folder.resolve(ReportFiles.ENVIRONMENT)));
  }

  /** The stores with any figure, in the order in which the report has them. */
  List<Store> stores() {
    return ReportPart.allStores().stream()
        .filter(store -> figures.stream().anyMatch(figure -> figure.store() == store))
        .toList();
  }

  int users() {
    return figures.stream().mapToInt(Figure::users).max().orElse(0);
  }

  Optional<Figure> figure(Measure measure, Store store) {
    return figures.stream()
        .filter(figure -> figure.measure().equals(measure) && figure.store() == store)
        .findFirst();
  }

  OptionalDouble nanos(Measure measure, Store store) {
    return figure(measure, store).stream().mapToDouble(Figure::nanos).findFirst();
  }
}
