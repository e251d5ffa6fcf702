package dev.presence.jmh.stores;

import dev.presence.jmh.Environment;
import dev.presence.jmh.JmhJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures all stores side by side and writes it down: JMH's own JSON, a table of comma-separated
 * values, a chart and a summary. About 8 minutes on two cores; downloads the servers first.
 *
 * <pre>{@code
 * mvn -q -ntp -Pstores -pl presence-jmh -am process-classes exec:exec@stores
 * mvn -q -ntp -Pstores -pl presence-jmh -am process-classes exec:exec@stores -Dstores.plan=quick
 * mvn -q -ntp -Pstores -pl presence-jmh -am process-classes exec:exec@stores \
 *     -Dpresence.stores.only=PRESENCE,REDIS_EXPIRING
 * }</pre>
 *
 * <p>{@code quick} shows in a minute that everything works; its figures mean nothing. That and a
 * part of the stores are written to {@code presence-jmh/target/quick-results}. A store that fails
 * has its message in the place of figures, and the exit code is then 1. For servers that are there
 * already, see {@link ServerKind}.
 */
public final class StoresReport {

  private static final String QUICK = "quick";
  private static final String ONLY = "presence.stores.only";
  private static final String STOP_WITH_PARENT = "stop-with-parent";
  private static final Path FOLDER = Path.of("presence-jmh", "results");
  private static final Path QUICK_FOLDER = Path.of("presence-jmh", "target", "quick-results");
  private static final String COMMAND =
      "mvn -q -ntp -Pstores -pl presence-jmh -am process-classes exec:exec@stores";

  private StoresReport() {}

  /** Measures and writes. */
  public static void main(String[] args) throws IOException, InterruptedException {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.setProperty("java.awt.headless", "true");
    if (args.length > 1 && args[1].equals(STOP_WITH_PARENT)) {
      stopWithParent();
    }
    boolean quick = args.length > 0 && args[0].equals(QUICK);
    String only = System.getProperty(ONLY, "");
    StoresPlan plan = quick ? StoresPlan.quick() : StoresPlan.full();
    if (!only.isBlank()) {
      plan = plan.only(Stream.of(only.split(",")).map(StoreType::valueOf).toList());
    }
    Path folder = quick || !only.isBlank() ? QUICK_FOLDER : FOLDER;
    String command =
        COMMAND
            + (quick ? " -Dstores.plan=quick" : "")
            + (only.isBlank() ? "" : " -D" + ONLY + "=" + only);
    StoresResults results = run(plan, folder, command, VerboseMode.NORMAL);
    System.out.println(Files.readString(folder.resolve(StoresResults.SUMMARY)));
    if (!results.failures().isEmpty()) {
      System.exit(1);
    }
  }

  /** What ends Maven ends this too, and with it the servers. */
  private static void stopWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(
            parent -> {
              var unused = parent.onExit().thenRun(() -> System.exit(1));
            });
  }

  static StoresResults run(StoresPlan plan, Path folder, String command, VerboseMode verbosity)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<RunResult> measured = new ArrayList<>();
    StoresRun run = new StoresRun(plan, verbosity, measured::add);
    run.measureAll();
    StoresResults results =
        new StoresResults(
            plan,
            measured.stream().map(StoreFigure::of).toList(),
            run.bytes(),
            run.failures(),
            run.servers());
    Files.writeString(folder.resolve(StoresResults.BENCHMARKS), json(measured));
    Files.write(folder.resolve(StoresResults.TABLE), StoresTable.lines(results));
    StoresChart.write(results, folder.resolve(StoresResults.CHART));
    Files.write(
        folder.resolve(StoresResults.SUMMARY),
        new StoresSummary(results, Environment.capture(command)).lines());
    return results;
  }

  /** Without addresses, which may have passwords in them. */
  private static String json(List<RunResult> results) {
    return JmhJson.of(results).replaceAll("(?s)(\"jvmArgs\" : )\\[[^]]*]", "$1[]");
  }
}
