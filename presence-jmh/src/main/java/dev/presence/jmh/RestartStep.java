package dev.presence.jmh;

import dev.presence.Presence;
import dev.presence.PresenceBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** What one JVM of {@code RestartReport} does. */
enum RestartStep {

  /** Records all users, and watches a snapshot: its milliseconds, and the keeper's share. */
  WRITE {
    @Override
    double[] run(Path folder, int users) throws IOException {
      Presence presence = open(folder, users);
      record(presence, users);
      long recordedSecond = presence.lastSeen(Users.id(users - 1));
      while (presence.stats().lastSnapshotBegun() <= recordedSecond) {
        pause();
      }
      long cpuNanos = keeperNanos();
      long startNanos = System.nanoTime();
      double snapshotMillis = watchSnapshot(folder);
      double share = (keeperNanos() - cpuNanos) / (double) (System.nanoTime() - startNanos);
      if (presence.onlineCount() != users) {
        throw new IllegalStateException("users were lost: online=" + presence.onlineCount());
      }
      return new double[] {snapshotMillis, share};
    }
  },

  /** Opens what is there and closes it: milliseconds of open, since the JVM's start, of close. */
  OPEN {
    @Override
    double[] run(Path folder, int users) {
      long startNanos = System.nanoTime();
      Presence presence = open(folder, users);
      double openMillis = millisSince(startNanos);
      double sinceStart =
          System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
      if (presence.onlineCount() != users) {
        throw new IllegalStateException("users were lost: online=" + presence.onlineCount());
      }
      startNanos = System.nanoTime();
      presence.close();
      return new double[] {openMillis, sinceStart, millisSince(startNanos)};
    }
  },

  /** Heartbeats with a folder by heartbeats without one: one by one, and in batches. */
  COMPARE {
    @Override
    double[] run(Path folder, int users) {
      try (Presence with = open(folder, users);
          Presence without = builder(users).open()) {
        record(without, users);
        return new double[] {
          ratio(with, without, users, RestartStep::single),
          ratio(with, without, users, RestartStep::batches)
        };
      }
    }
  };

  private static final int BATCH = 100;
  private static final int ROUNDS = 41;
  private static final int CALLS = 1_000_000;

  abstract double[] run(Path folder, int users) throws IOException;

  private interface Load {
    void run(Presence presence, long[] userIds);
  }

  private static PresenceBuilder builder(int users) {
    return Presence.builder().maxUsers(users).onlineWindow(Duration.ofHours(1));
  }

  private static Presence open(Path folder, int users) {
    return builder(users).persistTo(folder).open();
  }

  private static void record(Presence presence, int users) {
    long[] userIds = new long[1_000];
    for (int start = 0; start < users; start += userIds.length) {
      for (int i = 0; i < userIds.length; i++) {
        userIds[i] = Users.id(Math.min(start + i, users - 1));
      }
      presence.recordHeartbeats(userIds);
    }
  }

  private static double ratio(Presence with, Presence without, int users, Load load) {
    double[] ratios = new double[ROUNDS];
    long[] userIds = new long[CALLS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < CALLS; i++) {
        userIds[i] = Users.id((round * 7_919L + i * 104_729L) % users);
      }
      boolean first = round % 2 == 0;
      long startNanos = System.nanoTime();
      load.run(first ? with : without, userIds);
      long middleNanos = System.nanoTime();
      load.run(first ? without : with, userIds);
      double ratio = (middleNanos - startNanos) / (double) (System.nanoTime() - middleNanos);
      ratios[round] = first ? ratio : 1 / ratio;
    }
    return median(ratios);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static void single(Presence presence, long[] userIds) {
    for (long userId : userIds) {
      presence.recordHeartbeat(userId);
    }
  }

  private static void batches(Presence presence, long[] userIds) {
    long[] batch = new long[BATCH];
    for (int start = 0; start < userIds.length; start += BATCH) {
      System.arraycopy(userIds, start, batch, 0, BATCH);
      presence.recordHeartbeats(batch);
    }
  }

  private static double watchSnapshot(Path folder) throws IOException {
    while (!hasTemporary(folder)) {
      pause();
    }
    long startNanos = System.nanoTime();
    while (hasTemporary(folder)) {
      pause();
    }
    return millisSince(startNanos);
  }

  private static boolean hasTemporary(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".tmp"));
    }
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
  }

  private static long keeperNanos() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("presence-keeper"))
        .mapToLong(thread -> ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()))
        .sum();
  }

  private static double millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1e6;
  }
}
