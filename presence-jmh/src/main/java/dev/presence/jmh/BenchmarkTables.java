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
        "The number after a method is the size of the batch. Each single call reads the clock: the"
            + " system clock as it ships, whose reading also keeps a call from overlapping with the"
            + " one before it, or a free clock, whose reading costs nothing. Each batch reads the"
            + " system clock once. ConcurrentHashMap is sized in advance and filled in the order of"
            + " its table; a full garbage collection then moves its objects together, and cells are"
            + " mutable objects that hold the stamps. ± is half the"
            + " width of JMH's 99.9 % confidence interval. Bytes are those on and off the heap. All"
            + " asked users are online. "
            + mostlyOffline());
    lines.add("");
    lines.add("Targets that were set before anything was built, with the system clock:");
    lines.add("");
    lines.addAll(targets(Target.first(results)));
    lines.add("");
    lines.add(
        "Targets that were set later. Single calls are those with the free clock, of presence and of"
            + " the contender alike; batches read the system clock once. In each row of both tables,"
            + " ConcurrentHashMap is the fastest of its three forms:");
    lines.add("");
    lines.addAll(targets(Target.later(results)));
    lines.add("");
    lines.addAll(results.environment().paragraph());
    return lines;
  }

  private List<String> contenders() {
    MarkdownTable table =
        MarkdownTable.ofNumbers(
            "contender",
            "isOnline, " + ClockType.SYSTEM.label(),
            "isOnline, " + ClockType.FREE.label(),
            "statusOf 20",
            "statusOf 100",
            "statusOf 1000",
            "heartbeat, " + ClockType.SYSTEM.label(),
            "heartbeat, " + ClockType.FREE.label(),
            "heartbeats 100",
            "bytes per user");
    for (ContenderType contender : results.contenders()) {
      table.row(
          Subject.of(contender).label(),
          cell(BenchmarkResults.IS_ONLINE, contender),
          cell(BenchmarkResults.IS_ONLINE_FREE_CLOCK, contender),
          cell(BenchmarkResults.STATUS_OF_20, contender),
          cell(BenchmarkResults.STATUS_OF_100, contender),
          cell(BenchmarkResults.STATUS_OF_1000, contender),
          cell(BenchmarkResults.HEARTBEAT, contender),
          cell(BenchmarkResults.HEARTBEAT_FREE_CLOCK, contender),
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

  private static List<String> targets(List<Target> targets) {
    MarkdownTable table = MarkdownTable.ofNumbers("within this run", "measured", "target", "");
    for (Target target : targets) {
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
    time(table, one("status", ClockType.SYSTEM), BenchmarkResults.IS_ONLINE);
    time(table, one("status", ClockType.FREE), BenchmarkResults.IS_ONLINE_FREE_CLOCK);
    time(table, one("heartbeat", ClockType.SYSTEM), BenchmarkResults.HEARTBEAT);
    time(table, one("heartbeat", ClockType.FREE), BenchmarkResults.HEARTBEAT_FREE_CLOCK);
    row(table, "bytes per user", this::bytes, bytes(ContenderType.CONCURRENT_HASH_MAP));
    return table.lines();
  }

  private static String one(String call, ClockType clock) {
    return "one " + call + ", " + clock.label() + ", ns";
  }

  private void time(MarkdownTable table, String what, Measure measure) {
    row(
        table,
        what,
        contender -> results.nanos(measure, contender),
        results.nanosOfBestHashMap(measure));
  }

  private static void row(
      MarkdownTable table,
      String what,
      Function<ContenderType, OptionalDouble> value,
      OptionalDouble hashMap) {
    OptionalDouble presence = value.apply(ContenderType.PRESENCE);
    table.row(
        what,
        Numbers.few(presence),
        times(value.apply(ContenderType.CHRONICLE), presence),
        times(hashMap, presence),
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
