package dev.presence.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the parts of a report with JMH. No measuring JVM gets a flag, with one exception: a quarter
 * of a small machine's memory, which is the heap that a JVM takes by itself, is not enough for ten
 * million users in a map of objects.
 */
final class ReportRunner {

  private static final List<Store> MAPS_OF_OBJECTS =
      List.of(Store.CONCURRENT_HASH_MAP, Store.CAFFEINE);
  private static final String HEAP_OF_MAPS_OF_OBJECTS = "-Xmx4g";

  private final ReportPlan plan;
  private final VerboseMode verbosity;

  ReportRunner(ReportPlan plan, VerboseMode verbosity) {
    this.plan = plan;
    this.verbosity = verbosity;
  }

  /** A measurement that fails is missing from the results, and JMH has printed why. */
  Collection<RunResult> run(ReportPart part) throws RunnerException {
    List<Store> stores = new ArrayList<>(part.stores());
    stores.retainAll(plan.stores());
    List<Store> maps = new ArrayList<>(stores);
    maps.retainAll(MAPS_OF_OBJECTS);
    stores.removeAll(MAPS_OF_OBJECTS);
    Collection<RunResult> results = new ArrayList<>();
    if (!stores.isEmpty()) {
      results.addAll(new Runner(options(part, stores).jvmArgs().build()).run());
    }
    if (!maps.isEmpty()) {
      results.addAll(
          new Runner(options(part, maps).jvmArgs(HEAP_OF_MAPS_OF_OBJECTS).build()).run());
    }
    return results;
  }

  private ChainedOptionsBuilder options(ReportPart part, List<Store> stores) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(part.include())
            .param("users", Integer.toString(plan.users()))
            .param("store", stores.stream().map(Store::name).toArray(String[]::new))
            .threads(part.threads())
            .forks(plan.forks())
            .warmupIterations(plan.warmups())
            .warmupTime(plan.time())
            .measurementIterations(plan.measurements())
            .measurementTime(plan.time())
            .verbosity(verbosity);
    part.params().forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
    return options;
  }
}
