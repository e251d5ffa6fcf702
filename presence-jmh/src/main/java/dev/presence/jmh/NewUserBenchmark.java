package dev.presence.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

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
@Threads(1)
public class NewUserBenchmark extends TableBenchmark {

  /** All that differ while they are filled. */
  @Param({"PRESENCE", "HPPC", "CHRONICLE", "CHRONICLE_DATA", "CONCURRENT_HASH_MAP", "CAFFEINE"})
  ContenderType store;

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
