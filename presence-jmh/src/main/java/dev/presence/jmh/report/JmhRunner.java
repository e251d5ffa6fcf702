package dev.presence.jmh.report;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the parts of a report with JMH. */
public final class JmhRunner {

  private final Effort effort;
  private final Progress progress;
  private final VerboseMode verbosity;

  /** Prints what JMH prints, and the report's progress in place of JMH's own. */
  public JmhRunner(Effort effort, Progress progress, VerboseMode verbosity) {
    this.effort = effort;
    this.progress = progress;
    this.verbosity = verbosity;
  }

  /**
   * Measures a part. A measurement that fails is missing from the results, and JMH has printed why.
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
    return new Runner(options.build(), withProgress()).run();
  }

  /** JMH's progress is that of one part, and would contradict the report's. */
  private OutputFormat withProgress() {
    OutputFormat jmh = OutputFormatFactory.createFormatInstance(System.out, verbosity);
    return (OutputFormat)
        Proxy.newProxyInstance(
            OutputFormat.class.getClassLoader(),
            new Class<?>[] {OutputFormat.class},
            (proxy, method, args) -> {
              if (method.getName().equals("startBenchmark")) {
                progress.nextMeasurement(title((BenchmarkParams) args[0]));
              }
              if (args != null && String.valueOf(args[0]).startsWith("# Run progress:")) {
                return null;
              }
              try {
                return method.invoke(jmh, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
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
