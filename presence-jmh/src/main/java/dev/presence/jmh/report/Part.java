package dev.presence.jmh.report;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Measurements that differ only in their parameters: every method with every combination of values.
 *
 * @param benchmark the class
 * @param methods of that class
 * @param params values of the benchmark's parameters, by name
 * @param threads number of threads that run the benchmark at the same time
 * @param jvmArgs arguments of the measuring JVMs
 */
public record Part(
    Class<?> benchmark,
    List<String> methods,
    Map<String, List<String>> params,
    int threads,
    List<String> jvmArgs) {

  public int measurements() {
    return params.values().stream()
        .mapToInt(Collection::size)
        .reduce(methods.size(), Math::multiplyExact);
  }

  public Part with(String param, List<String> values) {
    Map<String, List<String>> more = new LinkedHashMap<>(params);
    more.put(param, values);
    return new Part(benchmark, methods, more, threads, jvmArgs);
  }

  public Part withJvmArgs(List<String> args) {
    return new Part(benchmark, methods, params, threads, args);
  }

  String title() {
    return benchmark.getSimpleName()
        + "."
        + String.join("|", methods)
        + (threads == 1 ? "" : ", " + threads + " threads");
  }

  /** JMH's filter for exactly these methods. */
  String include() {
    return "^" + Pattern.quote(benchmark.getName()) + "\\.(" + String.join("|", methods) + ")$";
  }
}
