package dev.presence.jmh.stores;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Measurements of one store that differ only in the number of ids.
 *
 * @param benchmark the class
 * @param methods of that class, as a regular expression
 * @param ids users in a batch
 * @param threads how many threads call the store
 * @param figures how many results there are to be
 */
record StoresPart(Class<?> benchmark, String methods, List<String> ids, int threads, int figures) {

  static final String BATCH_OF_HEARTBEATS = "100";

  private static final List<StoreType> WITHOUT_POOL =
      List.of(StoreType.MARIADB_REPLACE, StoreType.REDIS_EXPIRING, StoreType.DYNAMODB);

  /** What is measured of a store: a dozen JVMs, some seconds each. */
  static List<StoresPart> of(StoreType store, int threads) {
    List<StoresPart> parts = new ArrayList<>();
    parts.add(
        new StoresPart(
            StoresBenchmark.class, "statusOf|isOnline", List.of("20", "100", "1000"), 1, 6));
    parts.add(
        new StoresPart(StoresBenchmark.class, "statusOf|isOnline", List.of("20"), threads, 2));
    for (int clients : new int[] {1, threads}) {
      parts.add(
          new StoresPart(
              StoresBenchmark.class,
              "heartbeat|heartbeats",
              List.of(BATCH_OF_HEARTBEATS),
              clients,
              2));
    }
    if (WITHOUT_POOL.contains(store)) {
      parts.add(
          new StoresPart(ConnectionsBenchmark.class, "statusOfWithoutPool", List.of("20"), 1, 1));
    }
    return parts;
  }

  /** JMH's filter: exactly these methods. */
  String include() {
    return "^" + Pattern.quote(benchmark.getName()) + "\\.(" + methods + ")$";
  }
}
