package dev.presence.jmh;

import java.util.List;
import java.util.OptionalDouble;

/**
 * A figure that was set as a target before there was any result. Ratios are made within one run, so
 * that they say something on any machine.
 *
 * @param what the row's text
 * @param value what was measured, if it was
 * @param limit the target
 * @param unit behind both numbers
 * @param atLeast whether more is better
 */
record Target(String what, OptionalDouble value, double limit, String unit, boolean atLeast) {

  static List<Target> all(Results results) {
    return List.of(
        ratio(results, "statusOf 100", Measure.STATUS_OF_100, Store.HPPC, 1.0),
        ratio(results, "statusOf 100", Measure.STATUS_OF_100, Store.CHRONICLE, 0.10),
        ratio(results, "statusOf 100", Measure.STATUS_OF_100, Store.CONCURRENT_HASH_MAP, 0.20),
        ratio(results, "statusOf 20", Measure.STATUS_OF_20, Store.CHRONICLE, 0.15),
        ratio(results, "isOnline", Measure.IS_ONLINE, Store.CHRONICLE, 0.25),
        ratio(results, "heartbeat", Measure.HEARTBEAT, Store.CHRONICLE, 0.25),
        atMost(
            "heartbeats 100: presence / one put of Chronicle Map",
            quotient(
                results.nanos(Measure.HEARTBEATS_100, Store.PRESENCE),
                results.nanos(Measure.HEARTBEAT, Store.CHRONICLE)),
            0.10,
            ""),
        scaling(results, "statusOf 100", Measure.STATUS_OF_100),
        scaling(results, "heartbeats 100", Measure.HEARTBEATS_100),
        atMost("off-heap memory of presence, a user", offHeap(results), 19.5, " B"),
        atMost("one call of statusOf 20", micros(results), 3, " us"));
  }

  boolean reached() {
    return value.isPresent()
        && (atLeast ? value.getAsDouble() >= limit : value.getAsDouble() <= limit);
  }

  private static Target atMost(String what, OptionalDouble value, double limit, String unit) {
    return new Target(what, value, limit, unit, false);
  }

  private static Target ratio(
      Results results, String name, Measure measure, Store rival, double limit) {
    return atMost(
        name + ": presence / " + Labels.of(rival),
        quotient(results.nanos(measure, Store.PRESENCE), results.nanos(measure, rival)),
        limit,
        "");
  }

  /** Two threads do twice as much in the time of each. */
  private static Target scaling(Results results, String name, Measure measure) {
    OptionalDouble times =
        quotient(
            results.nanos(measure, Store.PRESENCE),
            results.nanos(measure.byTwoThreads(), Store.PRESENCE));
    return new Target(
        name + ": throughput of two threads / one",
        times.stream().map(ratio -> 2 * ratio).findFirst(),
        1.8,
        "",
        true);
  }

  private static OptionalDouble offHeap(Results results) {
    return results.footprints().of(Store.PRESENCE).stream()
        .mapToDouble(FootprintTable.Row::offHeap)
        .findFirst();
  }

  private static OptionalDouble micros(Results results) {
    return results.nanos(Measure.STATUS_OF_20, Store.PRESENCE).stream()
        .map(nanos -> nanos * 20 / 1000)
        .findFirst();
  }

  private static OptionalDouble quotient(OptionalDouble dividend, OptionalDouble divisor) {
    return dividend.isPresent() && divisor.isPresent()
        ? OptionalDouble.of(dividend.getAsDouble() / divisor.getAsDouble())
        : OptionalDouble.empty();
  }
}
