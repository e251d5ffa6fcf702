package dev.presence.jmh;

import java.lang.management.ManagementFactory;
import java.util.List;

/** The thread of the library that finds out who has come and gone. */
final class TransitionThread {

  private static final String SUFFIX = "-transitions";

  private TransitionThread() {}

  /** Returns once there is none, after the last subscription was closed. */
  static void awaitEnd() {
    Await.until("the thread has ended", () -> all().isEmpty());
  }

  /** The CPU time that it has used since it began. */
  static long cpuNanos() {
    return all().stream()
        .mapToLong(thread -> ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()))
        .sum();
  }

  private static List<Thread> all() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().endsWith(SUFFIX))
        .toList();
  }
}
