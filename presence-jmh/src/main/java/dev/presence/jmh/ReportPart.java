package dev.presence.jmh;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Measurements of the report that differ only in their parameters: all values of all parameters are
 * combined, and each combination is measured in a JVM of its own.
 *
 * @param name what is printed while it runs
 * @param benchmark the class
 * @param methods of that class, as a regular expression
 * @param stores which of them take part
 * @param params values of the benchmark's other parameters
 * @param threads how many threads call the store
 */
record ReportPart(
    String name,
    Class<?> benchmark,
    String methods,
    List<Store> stores,
    Map<String, List<String>> params,
    int threads) {

  private static final List<Store> ALL =
      List.of(
          Store.PRESENCE,
          Store.HPPC,
          Store.CHRONICLE,
          Store.CHRONICLE_DATA,
          Store.CONCURRENT_HASH_MAP,
          Store.CAFFEINE);

  static List<Store> allStores() {
    return ALL;
  }

  /** What the report measures; the times are for ten million users on two cores. */
  static List<ReportPart> all() {
    return List.of(
        // 18 JVMs, 5 minutes
        status("statusOf", ALL, 100, List.of("20", "100", "1000"), 1),
        // 6 JVMs, 2 minutes
        status("isOnline", ALL, 100, List.of("100"), 1),
        // 12 JVMs, 4 minutes
        heartbeat("heartbeats?", ALL, 1),
        // 3 JVMs, 1 minute
        status(
            "statusOf",
            List.of(Store.PRESENCE, Store.HPPC, Store.CONCURRENT_HASH_MAP),
            20,
            List.of("100"),
            1),
        // 2 JVMs, half a minute
        status("statusOf", List.of(Store.PRESENCE), 100, List.of("100"), 2),
        heartbeat("heartbeats", List.of(Store.PRESENCE), 2));
  }

  /** JMH's filter: exactly these methods. */
  String include() {
    return "^" + Pattern.quote(benchmark.getName()) + "\\.(" + methods + ")$";
  }

  private static ReportPart status(
      String method, List<Store> stores, int onlinePercent, List<String> batches, int threads) {
    return new ReportPart(
        method + ", " + onlinePercent + " % online, threads: " + threads,
        StatusOfBenchmark.class,
        method,
        stores,
        Map.of(
            "ids",
            List.of(Ids.UNIFORM.name()),
            "onlinePercent",
            List.of(Integer.toString(onlinePercent)),
            "batch",
            batches),
        threads);
  }

  private static ReportPart heartbeat(String methods, List<Store> stores, int threads) {
    return new ReportPart(
        methods.replace("?", "") + ", threads: " + threads,
        HeartbeatBenchmark.class,
        methods,
        stores,
        Map.of(),
        threads);
  }
}
