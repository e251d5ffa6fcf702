package dev.presence.jmh;

import java.util.Map;

/**
 * One result of JMH.
 *
 * @param measure what was measured
 * @param store for which store
 * @param users how many were recorded
 * @param nanos time of one user in one thread
 * @param error half of the interval that contains it with a confidence of 99.9 %; not a number if
 *     there were too few iterations to tell
 */
record Figure(Measure measure, Store store, int users, double nanos, double error) {

  static Figure of(Map<?, ?> result) {
    Map<?, ?> params = (Map<?, ?>) result.get("params");
    Map<?, ?> metric = (Map<?, ?>) result.get("primaryMetric");
    Measure measure =
        new Measure(
            (String) result.get("benchmark"),
            number(params, "batch"),
            number(params, "onlinePercent"),
            number(result, "threads"));
    // The time of a call, where the batch is a parameter; elsewhere JMH has divided it.
    double usersInCall = Math.max(measure.batch(), 1);
    return new Figure(
        measure,
        Store.valueOf((String) params.get("store")),
        number(params, "users"),
        decimal(metric, "score") / usersInCall,
        decimal(metric, "scoreError") / usersInCall);
  }

  private static int number(Map<?, ?> map, String name) {
    Object value = map.get(name);
    return value == null ? 0 : Integer.parseInt((String) value);
  }

  private static double decimal(Map<?, ?> map, String name) {
    return Double.parseDouble((String) map.get(name));
  }
}
