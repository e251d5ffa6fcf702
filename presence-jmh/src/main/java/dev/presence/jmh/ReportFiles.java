package dev.presence.jmh;

import java.nio.file.Path;

/** Names of what a report consists of. */
final class ReportFiles {

  static final String BENCHMARKS = "benchmarks.json";
  static final String FOOTPRINT = "footprint.csv";
  static final String ENVIRONMENT = "environment.properties";
  static final String SUMMARY = "summary.md";
  static final String STATUS_BY_BATCH = "status-by-batch.svg";
  static final String RIVALS = "rivals.svg";
  static final String BYTES_PER_USER = "bytes-per-user.svg";

  private static final Path FOLDER = Path.of("presence-jmh", "results");

  private ReportFiles() {}

  /** The folder at this position of the arguments, or that of the published results. */
  static Path folder(String[] args) {
    return folder(args, 0, FOLDER);
  }

  static Path folder(String[] args, int position, Path otherwise) {
    return args.length > position ? Path.of(args[position]) : otherwise;
  }
}
