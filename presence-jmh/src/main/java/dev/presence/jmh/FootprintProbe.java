package dev.presence.jmh;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Measures one contender in this JVM, which should be a new one: what an earlier contender left
 * behind would blur the figures.
 */
final class FootprintProbe {

  private static final int REHEARSAL_USERS = 10_000;

  private FootprintProbe() {}

  static Footprint measure(ContenderType type, int users) throws IOException {
    rehearse(type);
    long heapBefore = usedHeapBytes();
    OptionalLong residentBefore = ProcFile.STATUS.bytes("VmRSS");
    try (Contender contender = Users.recorded(type, users, new BenchmarkClock(), 1)) {
      int online = Users.countOnline(contender, users);
      if (online != users) {
        throw new IllegalStateException(
            "all users must be online: users=" + users + " online=" + online);
      }
      long heap = usedHeapBytes() - heapBefore;
      OptionalLong resident = ProcFile.STATUS.bytes("VmRSS");
      return new Footprint(
          type,
          users,
          (double) contender.offHeapBytes() / users,
          Math.max((double) heap, 0) / users,
          resident.isPresent() && residentBefore.isPresent()
              ? (double) (resident.getAsLong() - residentBefore.getAsLong()) / users
              : null);
    }
  }

  /** Loads the classes and compiles the code, so that neither counts as the users' memory. */
  private static void rehearse(ContenderType type) {
    for (int i = 0; i < 10; i++) {
      Users.recorded(type, REHEARSAL_USERS, new BenchmarkClock(), 1).close();
    }
  }

  static long usedHeapBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
