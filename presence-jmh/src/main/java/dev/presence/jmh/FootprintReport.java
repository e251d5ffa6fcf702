package dev.presence.jmh;

import dev.presence.jmh.report.CommandLines;
import dev.presence.jmh.report.Json;
import dev.presence.jmh.report.NewJvm;
import dev.presence.jmh.report.Numbers;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Prints bytes per user, with all users really recorded.
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.FootprintReport
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.FootprintReport \
 *     --users=100_000_000 --contenders=PRESENCE
 * }</pre>
 *
 * <p>{@code off-heap} is memory outside the Java heap, by the contender's own account. {@code heap}
 * is the growth of the used heap, and {@code resident} that of the process's resident memory where
 * Linux reports it, both after a garbage collection. On the heap, {@code resident} contains the
 * collector's reserve; everywhere, it contains a few megabytes that do not depend on the users.
 *
 * <p>The last line extends the largest off-heap figure of presence to a billion users. It is
 * computed and not measured: the memory consists of equal segments of about ten thousand users.
 */
@Command(
    name = "FootprintReport",
    description = "Prints bytes per user. Takes about 10 s for ten million users and a contender.")
public final class FootprintReport implements Callable<Integer> {

  private static final long BILLION = 1_000_000_000;

  @Option(
      names = "--contenders",
      split = ",",
      paramLabel = "CONTENDER",
      description = "Any of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private List<ContenderType> contenders =
      List.of(ContenderType.PRESENCE, ContenderType.CONCURRENT_HASH_MAP);

  @Option(
      names = "--users",
      split = ",",
      paramLabel = "N",
      description = "Numbers of users. Default: ${DEFAULT-VALUE}.")
  private List<Integer> users = List.of(1_000_000, 10_000_000);

  @Option(names = "--in-this-jvm", hidden = true)
  private boolean inThisJvm;

  public static void main(String[] args) {
    System.exit(CommandLines.run(new FootprintReport(), args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (inThisJvm) {
      System.out.println(Json.line(FootprintProbe.measure(contenders.get(0), users.get(0))));
    } else {
      print(contenders, users, System.out);
    }
    return 0;
  }

  static void print(List<ContenderType> contenders, List<Integer> users, PrintStream out)
      throws IOException, InterruptedException {
    out.printf(
        "%-28s %12s %12s %12s %12s   bytes per user%n",
        "contender", "users", "off-heap", "heap", "resident");
    double presenceBytes = 0;
    for (int count : users) {
      for (ContenderType contender : contenders) {
        Footprint footprint = measureInNewJvm(contender, count);
        Double resident = footprint.residentBytesPerUser();
        out.println(
            Numbers.format(
                "%-28s %,12d %12.1f %12.1f %12s",
                contender,
                count,
                footprint.offHeapBytesPerUser(),
                footprint.heapBytesPerUser(),
                resident == null ? "unknown" : Numbers.format("%.1f", resident)));
        if (contender == ContenderType.PRESENCE) {
          presenceBytes = Math.max(presenceBytes, footprint.offHeapBytesPerUser());
        }
      }
    }
    if (presenceBytes > 0) {
      out.println(
          Numbers.format(
              "computed, not measured: PRESENCE, %,d users * %.1f bytes = %.1f GB off-heap",
              BILLION, presenceBytes, presenceBytes * BILLION / 1e9));
    }
  }

  static Footprint measureInNewJvm(ContenderType contender, int users)
      throws IOException, InterruptedException {
    String line =
        NewJvm.firstLine(
            FootprintReport.class,
            List.of("-XX:+UseSerialGC"), // returns memory during a collection, not some time later
            List.of("--in-this-jvm", "--contenders=" + contender, "--users=" + users));
    return Json.parse(line, Footprint.class);
  }
}
