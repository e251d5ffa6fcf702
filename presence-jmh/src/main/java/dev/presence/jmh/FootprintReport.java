package dev.presence.jmh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bytes for each user, with all users really recorded. Arguments are numbers of users and names of
 * stores, in any order.
 *
 * <pre>{@code
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.FootprintReport
 * java -cp presence-jmh/target/benchmarks.jar dev.presence.jmh.FootprintReport 100000000 PRESENCE
 * }</pre>
 *
 * <p>{@code off-heap} is what the store itself says that it holds outside the Java heap. {@code
 * heap} is the growth of the used heap, and {@code resident} that of the process's resident memory
 * where Linux tells it, both after a garbage collection. For a store on the heap, {@code resident}
 * contains what the collector keeps in reserve; for all, a few megabytes that do not depend on the
 * number of users.
 *
 * <p>A last line extends the largest figure of {@code PRESENCE} off the heap to a billion users. It
 * is computed and not measured: the store is made of segments of about ten thousand users, all
 * alike.
 */
public final class FootprintReport {

  private static final long BILLION = 1_000_000_000;

  private FootprintReport() {}

  /** Prints the table. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<Store> stores = new ArrayList<>();
    List<Integer> users = new ArrayList<>();
    for (String arg : args) {
      if (arg.matches("[0-9_]+")) {
        users.add(Integer.valueOf(arg.replace("_", "")));
      } else {
        stores.add(Store.valueOf(arg));
      }
    }
    print(
        stores.isEmpty() ? List.of(Store.PRESENCE, Store.CONCURRENT_HASH_MAP) : stores,
        users.isEmpty() ? List.of(1_000_000, 10_000_000) : users,
        System.out);
  }

  static void print(List<Store> stores, List<Integer> users, PrintStream out)
      throws IOException, InterruptedException {
    out.printf(
        "%-20s %12s %12s %12s %12s   bytes a user%n",
        "store", "users", "off-heap", "heap", "resident");
    double presenceBytes = 0;
    for (int count : users) {
      for (Store store : stores) {
        Footprint footprint = measureInNewJvm(store, count);
        out.printf(
            Locale.ROOT,
            "%-20s %,12d %12s %12s %12s%n",
            store,
            count,
            perUser(footprint.offHeapBytes(), count),
            perUser(footprint.heapBytes(), count),
            perUser(footprint.residentBytes(), count));
        if (store == Store.PRESENCE) {
          presenceBytes = Math.max(presenceBytes, (double) footprint.offHeapBytes() / count);
        }
      }
    }
    if (presenceBytes > 0) {
      out.printf(
          Locale.ROOT,
          "computed, not measured: PRESENCE, %,d users * %.1f bytes = %.1f GB off-heap%n",
          BILLION,
          presenceBytes,
          presenceBytes * BILLION / 1e9);
    }
  }

  private static String perUser(long bytes, int users) {
    return bytes == Footprint.UNKNOWN
        ? "unknown"
        : String.format(Locale.ROOT, "%.1f", (double) Math.max(bytes, 0) / users);
  }

  private static Footprint measureInNewJvm(Store store, int users)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", // gives memory back during a collection, not some time later
                "-cp",
                System.getProperty("java.class.path"),
                FootprintProbe.class.getName(),
                store.name(),
                Integer.toString(users))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread stopIt = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(stopIt);
    String line;
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      line = reader.readLine();
    }
    int exitCode = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(stopIt);
    if (exitCode != 0 || line == null) {
      throw new IllegalStateException(
          "the measuring JVM must succeed: store="
              + store
              + " users="
              + users
              + " exitCode="
              + exitCode);
    }
    return Footprint.parse(line);
  }
}
