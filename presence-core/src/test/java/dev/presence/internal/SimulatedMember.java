package dev.presence.internal;

import dev.presence.internal.replication.SharedLog;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** A node of a simulation, with its link and its clock. */
final class SimulatedMember {

  final SimulatedLink link;
  final SimulatedNode node;
  private final int number;
  private final LongSupplier logMillis;
  long aheadMillis;
  long nextExchangeMillis;

  /** When the clock was last set, or 0. */
  long setMillis;

  /** When there last was no link. */
  long troubledMillis;

  boolean isGone;

  SimulatedMember(
      int number,
      SharedLog log,
      LongSupplier logMillis,
      LongSupplier nanoTime,
      Random random,
      Runnable meanwhile,
      SimulatedNode.Config config,
      long aheadMillis) {
    this.number = number;
    this.logMillis = logMillis;
    this.aheadMillis = aheadMillis;
    this.troubledMillis = logMillis.getAsLong();
    this.link = new SimulatedLink(log, random, meanwhile);
    this.node =
        new SimulatedNode(
            link, this::millis, nanoTime, new SplittableRandom(random.nextLong()), config);
  }

  long millis() {
    return logMillis.getAsLong() + aheadMillis;
  }

  /** What is on the log's clock when this node's shows that second. */
  long toLogSecond(long second) {
    return second - Math.round(aheadMillis / 1_000.0);
  }

  boolean isLinked() {
    return node.stats().linked();
  }

  @Override
  public String toString() {
    return "node " + number + (isGone ? " (gone)" : "");
  }
}
