package dev.presence.jmh;

import dev.presence.jmh.report.DotChart;
import dev.presence.jmh.report.Measure;
import dev.presence.jmh.report.Numbers;
import dev.presence.jmh.report.Score;
import dev.presence.jmh.report.Subject;
import java.io.IOException;
import java.nio.file.Path;

/** The charts of the benchmarks. */
record BenchmarkCharts(BenchmarkResults results) {

  static final String STATUS_BY_BATCH = "status-by-batch.svg";
  static final String CONTENDERS = "contenders.svg";
  static final String BYTES_PER_USER = "bytes-per-user.svg";

  void write(Path folder) throws IOException {
    DotChart byBatch =
        DotChart.logarithmic(title("Status in batches"), "nanoseconds per user, less is better");
    addGroup(byBatch, "statusOf, 20 users per call", BenchmarkResults.STATUS_OF_20);
    addGroup(byBatch, "statusOf, 100 users per call", BenchmarkResults.STATUS_OF_100);
    addGroup(byBatch, "statusOf, 1000 users per call", BenchmarkResults.STATUS_OF_1000);
    byBatch.write(folder.resolve(STATUS_BY_BATCH));

    DotChart contenders =
        DotChart.logarithmic(title("Time per user"), "nanoseconds per user, less is better");
    addGroup(contenders, "statusOf, 100 users per call", BenchmarkResults.STATUS_OF_100);
    addGroup(contenders, "recordHeartbeats, 100 users per call", BenchmarkResults.HEARTBEATS_100);
    addPairs(
        contenders,
        "isOnline, one user per call",
        BenchmarkResults.IS_ONLINE,
        BenchmarkResults.IS_ONLINE_FREE_CLOCK);
    addPairs(
        contenders,
        "recordHeartbeat, one user per call",
        BenchmarkResults.HEARTBEAT,
        BenchmarkResults.HEARTBEAT_FREE_CLOCK);
    contenders.write(folder.resolve(CONTENDERS));

    DotChart bytes =
        DotChart.linear(title("Memory per user"), "bytes on and off the heap, less is better");
    for (Footprint footprint : results.footprints()) {
      bytes.dot(Subject.of(footprint.contender()), Score.exact(footprint.bytesPerUser()));
    }
    bytes.write(folder.resolve(BYTES_PER_USER));
  }

  private void addGroup(DotChart chart, String heading, Measure measure) {
    chart.group(heading);
    for (ContenderType contender : results.contenders()) {
      results.score(measure, contender).ifPresent(score -> chart.dot(Subject.of(contender), score));
    }
  }

  private void addPairs(DotChart chart, String heading, Measure systemClock, Measure freeClock) {
    chart.group(
        heading
            + " (filled: "
            + ClockType.SYSTEM.label()
            + "; hollow: "
            + ClockType.FREE.label()
            + ")");
    for (ContenderType contender : results.contenders()) {
      results
          .score(systemClock, contender)
          .ifPresent(
              score ->
                  results
                      .score(freeClock, contender)
                      .ifPresentOrElse(
                          free -> chart.pair(Subject.of(contender), score, free),
                          () -> chart.dot(Subject.of(contender), score)));
    }
  }

  private String title(String what) {
    return Numbers.format(
        "%s (%,d users, %s)", what, results.users(), results.environment().jdkVersion());
  }
}
