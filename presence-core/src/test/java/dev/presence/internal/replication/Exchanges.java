package dev.presence.internal.replication;

import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Lets tests of other packages run replication by hand. */
public final class Exchanges {

  private Exchanges() {}

  /** A replication that {@link #run} does, without a thread. */
  public static Replication byHand(
      ReplicationSettings settings, long maxUsers, LongSupplier nanoTime, RandomGenerator random) {
    return new Replication(settings, maxUsers, nanoTime, random);
  }

  /** Does one exchange. */
  public static void run(Replication replication) {
    replication.exchange();
  }
}
