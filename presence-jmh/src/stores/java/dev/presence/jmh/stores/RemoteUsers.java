package dev.presence.jmh.stores;

import dev.presence.Presence;
import dev.presence.jmh.Await;
import dev.presence.jmh.Ratios;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Compares the answers about users of another node with those about a node's own. */
final class RemoteUsers {

  private static final int BATCH = 20;
  private static final int TURNS = 101;

  /** A turn is this part of a measurement. */
  private static final int PARTS = 600;

  private static final long SEED = 20;

  private RemoteUsers() {}

  /** Nanoseconds a batch: of the node's own users, of others, own, and so on. */
  static double[] measure(String address, ReplicationPlan plan) {
    try (Nodes nodes = Nodes.open(address, plan);
        PacedBeats load = PacedBeats.start(nodes, plan, 0)) {
      load.awaitOnline();
      Await.millis(TimeUnit.SECONDS.toMillis(1));
      SplittableRandom random = new SplittableRandom(SEED);
      double[] nanos = new double[TURNS];
      for (int turn = -2; turn < TURNS; turn++) {
        double measured = turn(nodes.node(0), plan, Math.floorMod(turn, 2), random);
        if (turn >= 0) {
          nanos[turn] = measured;
        }
      }
      return nanos;
    }
  }

  /** Asks for users whose numbers leave this remainder by the number of nodes: their node. */
  private static double turn(
      Presence node, ReplicationPlan plan, int remainder, SplittableRandom random) {
    long[][] batches = new long[1_000][BATCH];
    for (long[] batch : batches) {
      for (int i = 0; i < BATCH; i++) {
        int any = random.nextInt(plan.users() / plan.nodes());
        batch[i] = plan.id(any * plan.nodes() + remainder);
      }
    }
    return Ratios.nanosPerUnit(
            TimeUnit.SECONDS.toNanos(plan.seconds()) / PARTS, () -> ask(node, batches))
        * BATCH;
  }

  private static int ask(Presence node, long[][] batches) {
    int online = 0;
    for (long[] batch : batches) {
      for (boolean answer : node.statusOf(batch)) {
        online += answer ? 1 : 0;
      }
    }
    if (online < 0.99 * BATCH * batches.length) {
      throw new IllegalStateException("all users must be online: online=" + online);
    }
    return BATCH * batches.length;
  }
}
