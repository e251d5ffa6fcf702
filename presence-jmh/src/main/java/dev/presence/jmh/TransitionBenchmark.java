package dev.presence.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * Heartbeats that bring a user online: comebacks in batches of 100, and new users one by one, by
 * who listens. The row {@code :perUser} is the time of one user. What makes the next invocation one
 * of real comebacks, or of users who are really new, is done outside the measured time.
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar TransitionBenchmark
 * }</pre>
 *
 * <p>Heartbeats of users who are online cost nearly the same whoever listens. Two instances differ
 * by more than that, so {@link TransitionReport} compares them over one instance.
 */
@Threads(1)
public class TransitionBenchmark extends TableBenchmark {

  @Param({"1000000", "10000000"})
  int users;

  @Param({"COMEBACK", "NEW_USER"})
  Beats beats;

  @Param Subscribers subscribers;

  private TransitionLoad load;

  @Setup
  public void open() {
    load = beats.open(users);
    load.listen(subscribers);
  }

  @Setup(Level.Invocation)
  public void prepare() {
    load.prepare();
  }

  @TearDown
  public void close() {
    load.close();
  }

  @Benchmark
  public int beat(PerUser count) {
    int beaten = load.run();
    count.perUser += beaten;
    return beaten;
  }
}
