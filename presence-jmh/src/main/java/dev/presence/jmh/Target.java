package dev.presence.jmh;

import static dev.presence.jmh.BenchmarkResults.HEARTBEAT;
import static dev.presence.jmh.BenchmarkResults.HEARTBEATS_100;
import static dev.presence.jmh.BenchmarkResults.HEARTBEAT_FREE_CLOCK;
import static dev.presence.jmh.BenchmarkResults.IS_ONLINE;
import static dev.presence.jmh.BenchmarkResults.IS_ONLINE_FREE_CLOCK;
import static dev.presence.jmh.BenchmarkResults.STATUS_OF_100;
import static dev.presence.jmh.BenchmarkResults.STATUS_OF_20;
import static dev.presence.jmh.ContenderType.CHRONICLE;
import static dev.presence.jmh.ContenderType.CONCURRENT_HASH_MAP;
import static dev.presence.jmh.ContenderType.HPPC;
import static dev.presence.jmh.ContenderType.PRESENCE;

import dev.presence.jmh.report.Figures;
import dev.presence.jmh.report.Measure;
import dev.presence.jmh.report.Numbers;
import dev.presence.jmh.report.Subject;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A limit that was set before it was measured. Ratios are made within one run, so that they mean
 * something on any machine. {@code ConcurrentHashMap} is that of its forms which is fastest.
 *
 * @param what text of the row
 * @param value the measured value, if any
 * @param limit the limit
 * @param unit of both, after the number
 * @param atLeast whether more is better
 */
public record Target(
    String what, OptionalDouble value, double limit, String unit, boolean atLeast) {

  /** Those that were set before anything was built; single calls read the system's clock. */
  static List<Target> first(BenchmarkResults results) {
    return List.of(
        ratio(results, "statusOf 100", STATUS_OF_100, HPPC, 1.0),
        ratio(results, "statusOf 100", STATUS_OF_100, CHRONICLE, 0.10),
        hashMapRatio(results, "statusOf 100", STATUS_OF_100, 0.20),
        ratio(results, "statusOf 20", STATUS_OF_20, CHRONICLE, 0.15),
        ratio(results, "isOnline, system clock", IS_ONLINE, CHRONICLE, 0.25),
        ratio(results, "heartbeat, system clock", HEARTBEAT, CHRONICLE, 0.25),
        atMost(
            "heartbeats 100: presence / one put of Chronicle Map, system clock",
            Figures.quotient(
                results.nanos(HEARTBEATS_100, PRESENCE), results.nanos(HEARTBEAT, CHRONICLE)),
            0.10,
            ""),
        scaling(results, "statusOf 100", STATUS_OF_100),
        scaling(results, "heartbeats 100", HEARTBEATS_100),
        atMost("off-heap memory of presence, per user", offHeapBytes(results), 19.5, " B"),
        atMost("one call of statusOf 20", micros(results), 3, " µs"));
  }

  /** Those that were set later; a single call reads a clock that costs nothing. */
  static List<Target> later(BenchmarkResults results) {
    return List.of(
        hashMapRatio(results, "isOnline, free clock", IS_ONLINE_FREE_CLOCK, 1.0),
        ratio(results, "isOnline, free clock", IS_ONLINE_FREE_CLOCK, CHRONICLE, 0.30),
        ratio(results, "heartbeat, free clock", HEARTBEAT_FREE_CLOCK, CHRONICLE, 0.25),
        ratio(results, "statusOf 100", STATUS_OF_100, HPPC, 1.0),
        hashMapRatio(results, "statusOf 100", STATUS_OF_100, 0.50),
        perGet(results, "statusOf 100", STATUS_OF_100, 0.12),
        perGet(results, "statusOf 20", STATUS_OF_20, 0.16),
        ratio(results, "heartbeats 100", HEARTBEATS_100, HPPC, 1.1));
  }

  boolean reached() {
    return value.isPresent()
        && (atLeast ? value.getAsDouble() >= limit : value.getAsDouble() <= limit);
  }

  /** The limit, and whether it was kept, for the end of a line of text. */
  public String verdict() {
    return Numbers.format(
        "%s %s%s: %s",
        atLeast ? "≥" : "≤",
        Numbers.few(limit),
        unit,
        value.isEmpty() ? Numbers.NOT_MEASURED : reached() ? "reached" : "not reached");
  }

  public static Target atMost(String what, OptionalDouble value, double limit, String unit) {
    return new Target(what, value, limit, unit, false);
  }

  private static Target ratio(
      BenchmarkResults results, String name, Measure measure, ContenderType other, double limit) {
    return atMost(
        name + ": presence / " + Subject.of(other).label(),
        Figures.quotient(results.nanos(measure, PRESENCE), results.nanos(measure, other)),
        limit,
        "");
  }

  private static Target hashMapRatio(
      BenchmarkResults results, String name, Measure measure, double limit) {
    return atMost(
        name + ": presence / " + Subject.of(CONCURRENT_HASH_MAP).label(),
        Figures.quotient(results.nanos(measure, PRESENCE), results.nanosOfBestHashMap(measure)),
        limit,
        "");
  }

  /** A user in a batch, compared with a single lookup. */
  private static Target perGet(
      BenchmarkResults results, String name, Measure measure, double limit) {
    return atMost(
        name + ": presence / one isOnline of Chronicle Map, free clock",
        Figures.quotient(
            results.nanos(measure, PRESENCE), results.nanos(IS_ONLINE_FREE_CLOCK, CHRONICLE)),
        limit,
        "");
  }

  /** Two threads at the speed of one do twice as much. */
  private static Target scaling(BenchmarkResults results, String name, Measure measure) {
    OptionalDouble speed =
        Figures.quotient(
            results.nanos(measure, PRESENCE), results.nanos(measure.inThreads(2), PRESENCE));
    return new Target(
        name + ": throughput of two threads / one",
        speed.stream().map(ratio -> 2 * ratio).findFirst(),
        1.8,
        "",
        true);
  }

  private static OptionalDouble offHeapBytes(BenchmarkResults results) {
    return results.footprint(PRESENCE).stream()
        .mapToDouble(Footprint::offHeapBytesPerUser)
        .findFirst();
  }

  private static OptionalDouble micros(BenchmarkResults results) {
    return results.nanos(STATUS_OF_20, PRESENCE).stream()
        .map(nanos -> nanos * 20 / 1000)
        .findFirst();
  }
}
