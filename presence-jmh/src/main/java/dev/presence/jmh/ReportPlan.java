package dev.presence.jmh;

import java.util.List;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How much the report measures.
 *
 * @param users recorded before each measurement
 * @param stores which of the stores take part
 * @param forks JVMs for each measurement; 0 measures in this one, for tests
 * @param warmups iterations before each measurement
 * @param measurements iterations of each measurement
 * @param time of each iteration
 */
record ReportPlan(
    int users, List<Store> stores, int forks, int warmups, int measurements, TimeValue time) {

  /** What the published figures come from. */
  static ReportPlan full() {
    return new ReportPlan(
        10_000_000, ReportPart.allStores(), 1, 2, 5, TimeValue.milliseconds(1000));
  }

  /** Shows in about a minute that everything works; its figures mean nothing. */
  static ReportPlan quick() {
    return new ReportPlan(100_000, ReportPart.allStores(), 1, 0, 2, TimeValue.milliseconds(20));
  }
}
