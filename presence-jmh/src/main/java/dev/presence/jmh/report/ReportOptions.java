package dev.presence.jmh.report;

import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that reports share. */
public final class ReportOptions {

  /** The folder of the published results. */
  public static final Path PUBLISHED = Path.of("presence-jmh", "results");

  private static final Path QUICK_RESULTS = Path.of("presence-jmh", "target", "quick-results");

  @ArgGroup private final Source source = new Source();

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description =
          "Writes to this folder. Default: presence-jmh/results,"
              + " presence-jmh/target/quick-results with --quick, or the folder of --from.")
  private Path to;

  private static final class Source {
    @Option(
        names = "--quick",
        description = "Shows in about a minute that everything works; the figures mean nothing.")
    private boolean quick;

    @Option(
        names = "--from",
        paramLabel = "FOLDER",
        description =
            "Measures nothing; draws charts and writes tables from this folder's results.")
    private Path from;
  }

  /** Whether to measure as little as possible. */
  public boolean quick() {
    return source.quick;
  }

  public boolean measures() {
    return source.from == null;
  }

  /**
   * The folder that results are read from once they are measured.
   *
   * @param required a file that an earlier run has left there
   */
  public Path from(String required) {
    Path from = measures() ? to() : source.from;
    if (!Files.isRegularFile(from.resolve(required))) {
      throw new IllegalArgumentException(
          "folder must have results: missing=" + from.resolve(required));
    }
    return from;
  }

  public Path to() {
    return to != null ? to : source.quick ? QUICK_RESULTS : measures() ? PUBLISHED : source.from;
  }

  public String written() {
    return (quick() ? "Quick run: the figures mean nothing. " : "")
        + "Written to "
        + to().toAbsolutePath().normalize();
  }
}
