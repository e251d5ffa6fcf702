package dev.presence.jmh.stores;

import dev.presence.Presence;
import dev.presence.jmh.Ratios;
import dev.presence.jmh.Rounds;
import dev.presence.jmh.Users;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Compares heartbeats with and without replication, in a loop as fast as one thread can, over the
 * same users in the same order. Another node reads them all.
 */
final class AcceptedBeats {

  private static final int TURNS = 41;

  /** A turn is this part of a measurement. */
  private static final int PARTS = 120;

  private static final int CALLS = 1_000;
  private static final int BATCH = 100;

  private AcceptedBeats() {}

  /** Nanoseconds a heartbeat: without, with, without, and so on. */
  static double[] measure(String address, ReplicationPlan plan, boolean batches) {
    try (Nodes nodes = Nodes.open(address, plan.with(plan.users(), 2, plan.random()));
        Presence alone =
            Presence.builder()
                .name("alone")
                .onlineWindow(Duration.ofSeconds(plan.windowSeconds()))
                .maxUsers(plan.users() + ReplicationPlan.OTHER_USERS)
                .open()) {
      long[] users = shuffled(plan);
      alone.recordHeartbeats(users);
      nodes.node(0).recordHeartbeats(users);
      Rounds without = new Rounds(users, 0, 1, () -> {});
      Rounds with = new Rounds(users, 0, 1, () -> {});
      double[] nanos = new double[TURNS];
      for (int turn = -4; turn < TURNS; turn++) {
        boolean isWithout = turn % 2 == 0;
        double measured =
            turn(isWithout ? alone : nodes.node(0), isWithout ? without : with, plan, batches);
        if (turn >= 0) {
          nanos[turn] = measured;
        }
      }
      return nanos;
    }
  }

  private static long[] shuffled(ReplicationPlan plan) {
    return IntStream.of(Users.shuffledNumbers(plan.users())).mapToLong(plan::id).toArray();
  }

  private static double turn(
      Presence presence, Rounds rounds, ReplicationPlan plan, boolean batches) {
    long[] batch = new long[BATCH];
    return Ratios.nanosPerUnit(
        TimeUnit.SECONDS.toNanos(plan.seconds()) / PARTS,
        () -> {
          if (batches) {
            for (int i = 0; i < CALLS / BATCH; i++) {
              presence.recordHeartbeats(rounds.next(batch));
            }
          } else {
            for (int i = 0; i < CALLS; i++) {
              presence.recordHeartbeat(rounds.nextUser());
            }
          }
          return CALLS;
        });
  }
}
