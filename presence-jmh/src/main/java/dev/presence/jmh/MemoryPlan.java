package dev.presence.jmh;

import com.sun.management.OperatingSystemMXBean;
import dev.presence.Presence;
import dev.presence.internal.ProcessMemory;
import dev.presence.jmh.report.Numbers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/**
 * How many of the users that somebody demands fit into the memory that is there, by arithmetic:
 * their bytes, the largest heap, and a reserve for the rest of the JVM and for the system's tables
 * of pages.
 *
 * @param demandedUsers how many users shall be there
 * @param machineBytes what the machine has free, or can free at once
 * @param limitBytes the lowest limit of the control groups, {@link #NO_LIMIT} without any; what
 *     other processes of the group use is not known
 * @param bytesPerUser off the heap
 * @param heapBytes the largest heap of this JVM
 */
record MemoryPlan(
    long demandedUsers, long machineBytes, long limitBytes, double bytesPerUser, long heapBytes) {

  static final long NO_LIMIT = Long.MAX_VALUE;

  /** About 40 MB are tables of pages for 20 GB, and 150 MB the JVM's code and classes. */
  static final long RESERVE_BYTES = 512L << 20;

  private static final long LARGEST_LIMIT = 1L << 60;

  /** Fewer users than demanded are a whole number of hundredths. */
  private static final long PARTS = 100;

  /** Segments are alike, so that the share of one user hardly depends on how many there are. */
  private static final long SAMPLE_USERS = 10_000_000;

  /** For this JVM, now. */
  static MemoryPlan of(long demandedUsers) throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new MemoryPlan(
        demandedUsers,
        ProcFile.MEMORY.bytes("MemAvailable").orElse(system.getFreeMemorySize()),
        limit(ProcessMemory.limit().orElse(NO_LIMIT)),
        bytesPerUser(Math.min(demandedUsers, SAMPLE_USERS)),
        Runtime.getRuntime().maxMemory());
  }

  /** Control groups of version 1 tell a number close to 2^63 where there is no limit. */
  static long limit(long bytes) {
    return bytes >= LARGEST_LIMIT ? NO_LIMIT : bytes;
  }

  /** Memory that is reserved and never touched takes no memory. */
  private static double bytesPerUser(long users) {
    try (Presence sample = Presence.builder().maxUsers(users).sweepInterval(Duration.ZERO).open()) {
      return (double) sample.stats().offHeapBytes() / users;
    }
  }

  /** What may be used. */
  long availableBytes() {
    return Math.min(machineBytes, limitBytes);
  }

  /** What so many users need, with all that comes on top. */
  double neededBytes(long users) {
    return users * bytesPerUser + heapBytes + RESERVE_BYTES;
  }

  /** All who are demanded, or as many hundredths of them as fit; 0 if not even one does. */
  long users() {
    if (neededBytes(demandedUsers) <= availableBytes()) {
      return demandedUsers;
    }
    double room = availableBytes() - neededBytes(0);
    double parts = Math.floor(room / bytesPerUser * PARTS / demandedUsers);
    return parts < 1 ? 0 : (long) (demandedUsers * (parts / PARTS));
  }

  /** The arithmetic, for whoever reads it. */
  List<String> lines() {
    String available =
        Numbers.format(
            "memory available: %s; the machine has %s, the limit of the control group is %s",
            gigabytes((double) availableBytes()),
            gigabytes((double) machineBytes),
            limitBytes == NO_LIMIT ? "none" : gigabytes((double) limitBytes));
    long users = users();
    return users == demandedUsers
        ? List.of(available, sum(users) + ": they fit")
        : List.of(available, sum(demandedUsers) + ": too much", sum(users) + ": they fit");
  }

  private String sum(long users) {
    return Numbers.format(
        "%,d users * %.2f bytes = %s, and %s for the largest heap, and %s in reserve: %s",
        users,
        bytesPerUser,
        gigabytes(users * bytesPerUser),
        gigabytes((double) heapBytes),
        gigabytes((double) RESERVE_BYTES),
        gigabytes(neededBytes(users)));
  }

  static String gigabytes(double bytes) {
    return Numbers.format("%.2f GB", bytes / 1e9);
  }
}
