package dev.presence.jmh;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Heartbeats of known users, one by one and a hundred at once. Every figure is the time of one
 * user.
 *
 * <p>Each heartbeat has a later stamp to write than the one before it: see {@link Rounds}. On the
 * real clock most would not, as a benchmark comes back to the same user within the same second.
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar HeartbeatBenchmark \
 *     -p store=PRESENCE,CONCURRENT_HASH_MAP -p users=10000000
 * }</pre>
 *
 * <p>How it scales is the ratio of two runs' heartbeats in a second, which JMH adds up over the
 * threads:
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar HeartbeatBenchmark.heartbeats \
 *     -p store=PRESENCE -p users=10000000 -bm thrpt -tu s -t 1
 * java -jar presence-jmh/target/benchmarks.jar HeartbeatBenchmark.heartbeats \
 *     -p store=PRESENCE -p users=10000000 -bm thrpt -tu s -t 2
 * }</pre>
 *
 * <p>Heartbeats of new users: {@link NewUserBenchmark}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class HeartbeatBenchmark {

  private static final int BATCH = 100;

  @Param Store store;

  @Param({"1000000", "10000000"})
  int users;

  private BenchmarkClock clock;
  private Contender contender;
  private long[] shuffled;

  @Setup
  public void setUp(BenchmarkParams params) {
    clock = new BenchmarkClock();
    contender = store.open(users, clock, params.getThreads());
    Users.recordAll(contender, users);
    Users.check(contender, users);
    shuffled = Users.shuffled(users);
    clock.advanceSeconds(1); // so that the first round, too, has something to write
  }

  @TearDown
  public void tearDown() {
    Users.check(contender, users);
    contender.close();
  }

  /** One thread's share of the users. */
  @State(Scope.Thread)
  public static class Clients {
    private Rounds rounds;

    @Setup
    public void setUp(HeartbeatBenchmark benchmark, ThreadParams thread) {
      rounds =
          new Rounds(
              benchmark.shuffled,
              BATCH,
              benchmark.clock,
              thread.getThreadIndex(),
              thread.getThreadCount());
    }
  }

  @Benchmark
  public long heartbeat(Clients clients) {
    long userId = clients.rounds.nextUser();
    contender.heartbeat(userId);
    return userId;
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long[] heartbeats(Clients clients) {
    long[] userIds = clients.rounds.nextBatch();
    contender.heartbeats(userIds);
    return userIds;
  }
}
