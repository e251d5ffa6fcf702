package dev.presence.jmh.stores;

import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One result of JMH.
 *
 * @param store which store
 * @param task what was done
 * @param ids users in it
 * @param threads how many did it at the same time
 * @param micros time of one such task in one thread
 * @param error half of the interval that contains it with a confidence of 99.9 %; not a number if
 *     there were too few iterations to tell
 */
record StoreFigure(StoreType store, Task task, int ids, int threads, double micros, double error) {

  /** What one figure is the time of; the name is that of the benchmark's method. */
  enum Task {
    /** One call for many users. */
    statusOf,

    /** Many calls for one user each. */
    isOnline,

    /** One heartbeat. */
    heartbeat,

    /** One call with many heartbeats. */
    heartbeats,

    /** One call for many users over a connection of its own. */
    statusOfWithoutPool
  }

  static StoreFigure of(RunResult result) {
    BenchmarkParams params = result.getParams();
    Result<?> figure = result.getPrimaryResult();
    String method = params.getBenchmark().replaceAll(".*\\.", "");
    boolean batch = params.getParamsKeys().contains("ids");
    return new StoreFigure(
        StoreType.valueOf(params.getParam("store")),
        Task.valueOf(method),
        batch ? Integer.parseInt(params.getParam("ids")) : 1,
        params.getThreads(),
        figure.getScore(),
        figure.getScoreError());
  }

  /** Users in a second, of all threads together. */
  double usersPerSecond() {
    return threads * ids * 1e6 / micros;
  }
}
