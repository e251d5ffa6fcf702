package dev.presence.jmh.report;

import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the parts of a report with JMH. Of JMH's own output, it prints only scores and failures: the
 * rest is long, and its progress is that of one part.
 */
public final class JmhRunner {

  private final Effort effort;
  private final Progress progress;

  public JmhRunner(Effort effort, Progress progress) {
    this.effort = effort;
    this.progress = progress;
  }

  /**
   * Measures a part. A measurement that fails is missing from the results, and its failure is
   * printed.
   */
  public Collection<RunResult> run(Part part) throws RunnerException {
    progress.nextPart(part.title());
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(part.include())
            .threads(part.threads())
            .forks(effort.forks())
            .warmupIterations(effort.warmUps())
            .warmupTime(effort.iterationTime())
            .measurementIterations(effort.measurements())
            .measurementTime(effort.iterationTime())
            .jvmArgs(part.jvmArgs().toArray(String[]::new));
    part.params().forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    return new Runner(options.build(), output()).run();
  }

  private OutputFormat output() {
    return (OutputFormat)
        Proxy.newProxyInstance(
            OutputFormat.class.getClassLoader(),
            new Class<?>[] {OutputFormat.class},
            (proxy, method, args) -> {
              switch (method.getName()) {
                case "startBenchmark" -> progress.nextMeasurement(title((BenchmarkParams) args[0]));
                case "endBenchmark" -> score((BenchmarkResult) args[0]);
                case "print", "println" -> message((String) args[0]);
                default -> {} // iterations, and what the measuring JVMs print
              }
              return null;
            });
  }

  private void score(BenchmarkResult result) {
    if (result != null) { // null after a failure
      Result<?> primary = result.getPrimaryResult();
      Score score = new Score(primary.getScore(), primary.getScoreError());
      progress.message("  " + score.text() + " " + primary.getScoreUnit());
    }
  }

  private void message(String text) {
    if (!text.isBlank() && !text.startsWith("#")) {
      progress.message(text.stripTrailing());
    }
  }

  private static String title(BenchmarkParams params) {
    return params.getParamsKeys().stream()
        .filter(name -> !name.equals("users") && !name.equals("loaded"))
        .map(name -> " " + name + "=" + params.getParam(name))
        .collect(
            Collectors.joining(
                "", params.getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)$", "$1"), ""));
  }
}
