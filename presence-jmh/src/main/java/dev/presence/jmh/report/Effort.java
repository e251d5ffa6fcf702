package dev.presence.jmh.report;

import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long each measurement takes.
 *
 * @param forks JVMs, one after the other; 0 measures in this JVM, where figures mean nothing
 * @param warmUps iterations before the measured ones, in each fork
 * @param measurements measured iterations, in each fork
 * @param iterationMillis length of each iteration
 */
public record Effort(int forks, int warmUps, int measurements, int iterationMillis) {

  TimeValue iterationTime() {
    return TimeValue.milliseconds(iterationMillis);
  }
}
