package dev.presence.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Heartbeats of new users: each inserts. One invocation fills an empty contender, opened outside
 * the measured time, with all the users it was opened for, so that the last of them find it as full
 * as it gets. The row {@code :perUser} is the time of one heartbeat.
 *
 * <p>The figure includes touching memory for the first time, as in a service's first minutes.
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar NewUserBenchmark -p users=1000000
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Threads(1)
public class NewUserBenchmark {

  @Param ContenderType store;

  @Param({"1000000", "10000000"})
  int users;

  private Contender contender;
  private long[] shuffled;

  @Setup
  public void shuffle() {
    shuffled = Users.shuffled(users);
  }

  @Setup(Level.Invocation)
  public void openEmpty() {
    contender = store.open(users, new BenchmarkClock(), 1);
  }

  @TearDown(Level.Invocation)
  public void closeFull() {
    Users.check(contender, users);
    contender.close();
  }

  @Benchmark
  public Object heartbeat(PerUser count) {
    for (long userId : shuffled) {
      contender.heartbeat(userId);
    }
    count.perUser += shuffled.length;
    return contender;
  }
}
