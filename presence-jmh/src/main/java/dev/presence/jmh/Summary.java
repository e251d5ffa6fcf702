package dev.presence.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the tables of a report, from what {@link BenchmarkReport} left in the folder.
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.Summary
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.Summary some/folder
 * }</pre>
 */
public final class Summary {

  private static final String NOT_MEASURED = "not measured";
  private static final List<Measure> COLUMNS =
      List.of(
          Measure.IS_ONLINE,
          Measure.STATUS_OF_20,
          Measure.STATUS_OF_100,
          Measure.STATUS_OF_1000,
          Measure.HEARTBEAT,
          Measure.HEARTBEATS_100);

  private final Results results;

  private Summary(Results results) {
    this.results = results;
  }

  /** Reads the results and writes the summary. */
  public static void main(String[] args) throws IOException {
    write(ReportFiles.folder(args));
  }

  static void write(Path folder) throws IOException {
    Files.write(
        folder.resolve(ReportFiles.SUMMARY), new Summary(Results.read(folder)).lines().toList());
  }

  private Stream<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Nanoseconds a user, with "
            + Labels.users(results.users())
            + " of whom each is asked for with the same probability, in one thread:");
    lines.add("");
    lines.add(
        "| store | isOnline | statusOf 20 | statusOf 100 | statusOf 1000 | heartbeat"
            + " | heartbeats 100 | bytes a user |");
    lines.add("|---|--:|--:|--:|--:|--:|--:|--:|");
    results.stores().forEach(store -> lines.add(row(store)));
    lines.add("");
    lines.add(
        "A number behind a method is the size of the batch. ± is half of JMH's 99.9 % confidence"
            + " interval within one JVM; bytes are those on and off the heap. All asked users are"
            + " online. "
            + oneInFiveOnline());
    lines.add("");
    lines.add("| within this run | measured | target | |");
    lines.add("|---|--:|--:|---|");
    Target.all(results).forEach(target -> lines.add(row(target)));
    lines.add("");
    lines.addAll(results.environment().lines());
    return lines.stream();
  }

  private String row(Store store) {
    String bytes =
        results
            .footprints()
            .of(store)
            .map(row -> String.format(Locale.ROOT, "%.1f", row.bytesPerUser()))
            .orElse(NOT_MEASURED);
    return COLUMNS.stream()
        .map(measure -> results.figure(measure, store).map(Summary::cell).orElse(NOT_MEASURED))
        .collect(Collectors.joining(" | ", "| " + Labels.of(store) + " | ", " | " + bytes + " |"));
  }

  private static String cell(Figure figure) {
    String nanos = Labels.number(figure.nanos());
    return Double.isNaN(figure.error()) ? nanos : nanos + " ± " + Labels.number(figure.error());
  }

  private String oneInFiveOnline() {
    Measure measure = Measure.STATUS_OF_100.oneInFiveOnline();
    return results.figures().stream()
        .filter(figure -> figure.measure().equals(measure))
        .sorted(Comparator.comparing(figure -> ReportPart.allStores().indexOf(figure.store())))
        .map(figure -> Labels.of(figure.store()) + " " + cell(figure))
        .collect(Collectors.joining("; ", "With one in five online, statusOf 100 takes: ", "."));
  }

  private static String row(Target target) {
    boolean measured = target.value().isPresent();
    String value = measured ? decimals(target.value().getAsDouble()) + target.unit() : NOT_MEASURED;
    String limit = (target.atLeast() ? "≥ " : "≤ ") + hundredths(target.limit()) + target.unit();
    String verdict = !measured ? NOT_MEASURED : target.reached() ? "reached" : "not reached";
    return "| " + String.join(" | ", target.what(), value, limit, verdict) + " |";
  }

  /** Three digits of a ratio below 1, or 0.104 would read 0.10 and miss a target of 0.10. */
  private static String decimals(double value) {
    return value < 1 ? String.format(Locale.ROOT, "%.3f", value) : hundredths(value);
  }

  private static String hundredths(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
