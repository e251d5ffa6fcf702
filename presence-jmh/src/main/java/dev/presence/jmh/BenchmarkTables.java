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
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The tables of the benchmarks: all of them, and the few that tell the story. */
record BenchmarkTables(BenchmarkResults results) {

  static final String SUMMARY = "summary.md";
  static final String HEADLINE = "headline.md";

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
    MarkdownTable table =
        MarkdownTable.ofNumbers(
            "contender",
            "isOnline",
            "statusOf 20",
            "statusOf 100",
            "statusOf 1000",
            "heartbeat",
            "heartbeats 100",
            "bytes per user");
    for (ContenderType contender : results.contenders()) {
      table.row(
          Subject.of(contender).label(),
          cell(BenchmarkResults.IS_ONLINE, contender),
          cell(BenchmarkResults.STATUS_OF_20, contender),
          cell(BenchmarkResults.STATUS_OF_100, contender),
          cell(BenchmarkResults.STATUS_OF_1000, contender),
          cell(BenchmarkResults.HEARTBEAT, contender),
          cell(BenchmarkResults.HEARTBEATS_100, contender),
          Numbers.few(bytes(contender)));
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
    MarkdownTable table =
        MarkdownTable.ofNumbers("", "presence", "Chronicle Map", "ConcurrentHashMap", "Caffeine");
    time(table, "status of 100 users, ns per user", BenchmarkResults.STATUS_OF_100);
    time(table, "100 heartbeats, ns per user", BenchmarkResults.HEARTBEATS_100);
    time(table, "one status, ns", BenchmarkResults.IS_ONLINE);
    time(table, "one heartbeat, ns", BenchmarkResults.HEARTBEAT);
    row(table, "bytes per user", this::bytes);
    return table.lines();
  }

  private void time(MarkdownTable table, String what, Measure measure) {
    row(table, what, contender -> results.nanos(measure, contender));
  }

  private static void row(
      MarkdownTable table, String what, Function<ContenderType, OptionalDouble> value) {
    OptionalDouble presence = value.apply(ContenderType.PRESENCE);
    table.row(
        what,
        Numbers.few(presence),
        times(value.apply(ContenderType.CHRONICLE), presence),
        times(value.apply(ContenderType.CONCURRENT_HASH_MAP), presence),
        times(value.apply(ContenderType.CAFFEINE), presence));
  }

  private OptionalDouble bytes(ContenderType contender) {
    return results.footprint(contender).stream().mapToDouble(Footprint::bytesPerUser).findFirst();
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
