package dev.presence.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Measures one store in a JVM of its own, which {@link FootprintReport} starts: what a store before
 * it left behind would blur the figures.
 */
final class FootprintProbe {

  private static final int REHEARSAL_USERS = 10_000;
  private static final Path PROC_STATUS = Path.of("/proc/self/status");

  private FootprintProbe() {}

  /** Prints one {@link Footprint} for a store and a number of users. */
  public static void main(String[] args) throws IOException {
    System.out.println(measure(Store.valueOf(args[0]), Integer.parseInt(args[1])).toLine());
  }

  static Footprint measure(Store store, int users) throws IOException {
    rehearse(store);
    long heapBefore = usedHeap();
    long residentBefore = resident();
    try (Contender contender = store.open(users, new BenchmarkClock(), 1)) {
      Users.recordAll(contender, users);
      int online = Users.countOnline(contender, users);
      if (online != users) {
        throw new IllegalStateException(
            "all users must be online: users=" + users + " online=" + online);
      }
      long heap = usedHeap() - heapBefore;
      long residentNow = resident();
      long resident =
          residentNow == Footprint.UNKNOWN ? Footprint.UNKNOWN : residentNow - residentBefore;
      return new Footprint(contender.offHeapBytes(), heap, resident);
    }
  }

  /** Loads the classes and compiles the code, so that neither is counted as the users' memory. */
  private static void rehearse(Store store) {
    try (Contender contender = store.open(REHEARSAL_USERS, new BenchmarkClock(), 1)) {
      for (int i = 0; i < 10; i++) {
        Users.recordAll(contender, REHEARSAL_USERS);
        Users.check(contender, REHEARSAL_USERS);
      }
    }
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long resident() throws IOException {
    if (!Files.isReadable(PROC_STATUS)) {
      return Footprint.UNKNOWN;
    }
    try (Stream<String> lines = Files.lines(PROC_STATUS)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(Footprint.UNKNOWN);
    }
  }
}
