package dev.presence.jmh;

import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.MarkdownTable;
import dev.presence.jmh.report.Measure;
import dev.presence.jmh.report.Numbers;
import dev.presence.jmh.report.Score;
import dev.presence.jmh.report.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The tables of the benchmarks: all of them, and the few that tell the story. */
record BenchmarkTables(BenchmarkResults results) {

  static final String SUMMARY = "summary.md";
  static final String HEADLINE = "headline.md";

  private static final Map<String, Measure> COLUMNS = new LinkedHashMap<>();

  static {
    COLUMNS.put("isOnline", BenchmarkResults.IS_ONLINE);
    COLUMNS.put("statusOf 20", BenchmarkResults.STATUS_OF_20);
    COLUMNS.put("statusOf 100", BenchmarkResults.STATUS_OF_100);
    COLUMNS.put("statusOf 1000", BenchmarkResults.STATUS_OF_1000);
    COLUMNS.put("heartbeat", BenchmarkResults.HEARTBEAT);
    COLUMNS.put("heartbeats 100", BenchmarkResults.HEARTBEATS_100);
  }

  void write(Path folder) throws IOException {
    Files.write(folder.resolve(SUMMARY), summary());
    Files.write(folder.resolve(HEADLINE), headline());
  }

  private List<String> summary() {
    List<String> lines = new ArrayList<>();
    lines.add(
        Numbers.format(
            "Nanoseconds per user in one thread, among %,d users who are all asked for equally"
                + " often:",
            results.users()));
    lines.add("");
    lines.addAll(contenders());
    lines.add("");
    lines.add(
        "The number after a method is the size of the batch. ± is half the width of JMH's 99.9 %"
            + " confidence interval. Bytes are those on and off the heap. All asked users are"
            + " online. "
            + mostlyOffline());
    lines.add("");
    lines.addAll(targets());
    lines.add("");
    lines.addAll(results.environment().paragraph());
    return lines;
  }

  private List<String> contenders() {
    List<String> header = new ArrayList<>(List.of("contender"));
    header.addAll(COLUMNS.keySet());
    header.add("bytes per user");
    MarkdownTable table = MarkdownTable.ofNumbers(header.toArray(String[]::new));
    for (ContenderType contender : results.contenders()) {
      List<String> cells = new ArrayList<>(List.of(Subject.of(contender).label()));
      COLUMNS.values().forEach(measure -> cells.add(cell(measure, contender)));
      cells.add(
          results
              .footprint(contender)
              .map(footprint -> Numbers.format("%.1f", footprint.bytesPerUser()))
              .orElse(Numbers.NOT_MEASURED));
      table.row(cells.toArray());
    }
    return table.lines();
  }

  private String mostlyOffline() {
    Measure measure = BenchmarkResults.STATUS_OF_100_MOSTLY_OFFLINE;
    return results.contenders().stream()
        .filter(contender -> results.score(measure, contender).isPresent())
        .map(contender -> Subject.of(contender).label() + " " + cell(measure, contender))
        .collect(Collectors.joining("; ", "With one in five online, statusOf 100 takes ", "."));
  }

  private List<String> targets() {
    MarkdownTable table = MarkdownTable.ofNumbers("within this run", "measured", "target", "");
    for (Target target : Target.all(results)) {
      boolean measured = target.value().isPresent();
      table.row(
          target.what(),
          measured ? decimals(target.value().getAsDouble()) + target.unit() : Numbers.NOT_MEASURED,
          (target.atLeast() ? "≥ " : "≤ ") + Numbers.format("%.2f", target.limit()) + target.unit(),
          !measured ? Numbers.NOT_MEASURED : target.reached() ? "reached" : "not reached");
    }
    return table.lines();
  }

  private List<String> headline() {
    List<ContenderType> others =
        List.of(ContenderType.CHRONICLE, ContenderType.CONCURRENT_HASH_MAP, ContenderType.CAFFEINE);
    List<String> header = new ArrayList<>(List.of("", "presence"));
    others.forEach(other -> header.add(Subject.of(other).label()));
    MarkdownTable table = MarkdownTable.ofNumbers(header.toArray(String[]::new));
    headlineTime(table, "status of 100 users, ns per user", BenchmarkResults.STATUS_OF_100, others);
    headlineTime(table, "100 heartbeats, ns per user", BenchmarkResults.HEARTBEATS_100, others);
    headlineTime(table, "one status, ns", BenchmarkResults.IS_ONLINE, others);
    headlineTime(table, "one heartbeat, ns", BenchmarkResults.HEARTBEAT, others);
    List<String> bytes =
        new ArrayList<>(List.of("bytes per user", few(bytes(ContenderType.PRESENCE))));
    others.forEach(other -> bytes.add(times(bytes(other), bytes(ContenderType.PRESENCE))));
    table.row(bytes.toArray());
    return table.lines();
  }

  private void headlineTime(
      MarkdownTable table, String what, Measure measure, List<ContenderType> others) {
    OptionalDouble presence = results.nanos(measure, ContenderType.PRESENCE);
    List<String> cells = new ArrayList<>(List.of(what, few(presence)));
    others.forEach(other -> cells.add(times(results.nanos(measure, other), presence)));
    table.row(cells.toArray());
  }

  private OptionalDouble bytes(ContenderType contender) {
    return results.footprint(contender).stream().mapToDouble(Footprint::bytesPerUser).findFirst();
  }

  private static String few(OptionalDouble value) {
    return Numbers.few(value);
  }

  private static String times(OptionalDouble other, OptionalDouble presence) {
    OptionalDouble ratio = Figures.quotient(other, presence);
    return ratio.isPresent()
        ? Numbers.format("%s (%.1f ×)", Numbers.few(other), ratio.getAsDouble())
        : Numbers.NOT_MEASURED;
  }

  private String cell(Measure measure, ContenderType contender) {
    return results.score(measure, contender).map(Score::text).orElse(Numbers.NOT_MEASURED);
  }

  /** Three digits below 1: 0.104 must not read 0.10 beside a limit of 0.10. */
  private static String decimals(double value) {
    return Numbers.format(value < 1 ? "%.3f" : "%.2f", value);
  }
}
