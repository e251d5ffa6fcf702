package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.Presence;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs with every contender, however fast. */
class BenchmarksSmokeTest {

  /** Not those of the profile {@code stores}, which need servers. */
  private static final Pattern OURS = Pattern.compile("^dev\\.presence\\.jmh\\.[A-Z].*");

  /** The parameters that are not sizes. */
  private static final List<String> KINDS =
      List.of("store", "clock", "expired", "beats", "subscribers");

  @Test
  void run_everyBenchmarkAndContender_yieldsResults() throws RunnerException {
    // Another run of JMH on this machine spoils nothing here.
    System.setProperty("jmh.ignoreLock", "true");
    // Without a fork, presence opens the JDK for the bare Chronicle Map.
    Presence.open().close();

    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(OURS.pattern())
                    .param("users", "1000")
                    .param("batch", "20")
                    .param("onlinePercent", "20")
                    .param("ids", "ZIPF")
                    .forks(0)
                    .warmupIterations(0)
                    .measurementIterations(1)
                    .measurementTime(TimeValue.milliseconds(20))
                    .shouldFailOnError(true)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();

    assertThat(results)
        .allSatisfy(
            result -> assertThat(result.getPrimaryResult().getScore()).isFinite().isPositive());
    assertThat(results.stream().map(BenchmarksSmokeTest::name))
        .containsExactlyInAnyOrderElementsOf(expectedNames());
  }

  @ParameterizedTest
  @MethodSource("benchmarkClasses")
  void benchmarkClass_always_saysHowItIsMeasured(Class<?> benchmark) {
    assertThat(benchmark)
        .hasAnnotations(
            BenchmarkMode.class, OutputTimeUnit.class, Fork.class, Warmup.class, Measurement.class);
    assertThat(benchmark.getAnnotation(Fork.class).value()).isPositive();
    assertThat(benchmark.getAnnotation(Warmup.class).iterations() > 0)
        .isEqualTo(benchmark.getAnnotation(BenchmarkMode.class).value()[0] != Mode.SingleShotTime);
    assertThat(benchmark.getAnnotation(Measurement.class).iterations()).isPositive();
  }

  private static String name(RunResult result) {
    String name = result.getParams().getBenchmark();
    for (String param : KINDS) {
      name += suffix(result.getParams().getParam(param));
    }
    return name;
  }

  private static List<String> expectedNames() {
    return benchmarks().flatMap(BenchmarksSmokeTest::names).toList();
  }

  /** A benchmark with each combination of the parameters that are kinds. */
  private static Stream<String> names(BenchmarkListEntry entry) {
    Stream<String> names = Stream.of(entry.getUsername());
    for (String param : KINDS) {
      names = names.flatMap(name -> values(entry, param).map(value -> name + suffix(value)));
    }
    return names;
  }

  private static String suffix(String value) {
    return value == null ? "" : " " + value;
  }

  /** All values of a parameter; null alone for a benchmark that does not have it. */
  private static Stream<String> values(BenchmarkListEntry entry, String param) {
    String[] values = entry.getParams().orElse(Map.of()).get(param);
    return values == null ? Stream.of((String) null) : Arrays.stream(values);
  }

  static Set<Class<?>> benchmarkClasses() {
    return benchmarks().map(BenchmarksSmokeTest::classOf).collect(Collectors.toSet());
  }

  private static Class<?> classOf(BenchmarkListEntry entry) {
    try {
      return Class.forName(entry.getUserClassQName());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<BenchmarkListEntry> benchmarks() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return BenchmarkList.defaultList()
        .getAll(OutputFormatFactory.createFormatInstance(nowhere, VerboseMode.SILENT), List.of())
        .stream()
        .filter(entry -> OURS.matcher(entry.getUsername()).matches());
  }
}
