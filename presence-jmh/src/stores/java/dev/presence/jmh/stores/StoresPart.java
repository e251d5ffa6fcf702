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

  /** What is measured of a store: ten JVMs or so, some seconds each. */
  static List<StoresPart> of(StoreType store, StoresPlan plan) {
    List<String> twenty = List.of(StoresPlan.TWENTY);
    List<String> beats = List.of(BATCH_OF_HEARTBEATS);
    List<StoresPart> parts = new ArrayList<>();
    parts.add(part("statusOf", plan.batches(), 1, plan.batches().size()));
    parts.add(part("isOnline", twenty, 1, 1));
    parts.add(part("heartbeat|heartbeats", beats, 1, 2));
    parts.add(part("statusOf", twenty, plan.threads(), 1));
    parts.add(part("heartbeat|heartbeats", beats, plan.threads(), 2));
    if (WITHOUT_POOL.contains(store)) {
      parts.add(new StoresPart(ConnectionsBenchmark.class, "statusOfWithoutPool", twenty, 1, 1));
    }
    return parts;
  }

  /** JMH's filter: exactly these methods. */
  String include() {
    return "^" + Pattern.quote(benchmark.getName()) + "\\.(" + methods + ")$";
  }

  private static StoresPart part(String methods, List<String> ids, int threads, int figures) {
    return new StoresPart(StoresBenchmark.class, methods, ids, threads, figures);
  }
}
