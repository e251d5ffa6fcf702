package dev.presence.jmh.report;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Selects figures by what was measured, whatever it was measured for.
 *
 * @param benchmark class and method
 * @param params values that the figure's parameters must have, by name
 * @param threads number of threads
 */
public record Measure(String benchmark, Map<String, String> params, int threads) {

  /** A benchmark's method in one thread, with any parameters. */
  public static Measure of(Class<?> benchmark, String method) {
    return new Measure(benchmark.getName() + "." + method, Map.of(), 1);
  }

  /** Requires a parameter's value, in place of an earlier one. */
  public Measure with(String param, Object value) {
    Map<String, String> more = new LinkedHashMap<>(params);
    more.put(param, value.toString());
    return new Measure(benchmark, more, threads);
  }

  public Measure inThreads(int number) {
    return new Measure(benchmark, params, number);
  }

  boolean selects(Figure figure) {
    return benchmark.equals(figure.benchmark())
        && threads == figure.threads()
        && figure.params().entrySet().containsAll(params.entrySet());
  }
}
