package dev.presence.internal.replication;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Lets a model run the library's replication without its thread. For one thread at a time. */
public final class ModelExchanges {

  private ModelExchanges() {}

  /** A replication as the library ships it, but for the thread and the time. */
  public static Replication of(
      ModelLink link,
      Duration exchangeInterval,
      Duration publishInterval,
      long maxUsers,
      LongSupplier nanoTime,
      RandomGenerator random) {
    return new Replication(
        new ReplicationSettings(link, exchangeInterval, publishInterval, Duration.ZERO),
        maxUsers,
        nanoTime,
        random);
  }

  /** Does what the thread does once in each exchange interval. */
  public static void run(Replication replication) {
    replication.exchange();
  }
}
