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
 * Heartbeats of known users, one by one and a hundred at once. Every figure is the time per user.
 *
 * <p>Each heartbeat has a later stamp to write than the user's last one; {@link Rounds} sees to
 * that.
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar HeartbeatBenchmark \
 *     -p store=PRESENCE,CONCURRENT_HASH_MAP -p users=10000000
 * }</pre>
 *
 * <p>To see how it scales, compare two runs' heartbeats per second, which JMH adds up over the
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

  @Param ContenderType store;

  @Param({"1000000", "10000000"})
  int users;

  private BenchmarkClock clock;
  private Contender contender;
  private long[] shuffled;

  @Setup
  public void setUp(BenchmarkParams params) {
    clock = new BenchmarkClock();
    contender = Users.recorded(store, users, clock, params.getThreads());
    shuffled = Users.shuffled(users);
    clock.advanceSeconds(1); // the first round, too, has something to write
  }

  @TearDown
  public void tearDown() {
    Users.check(contender, users);
    contender.close();
  }

  /** One thread's share of the users. */
  @State(Scope.Thread)
  public static class Clients {
    private final long[] batch = new long[BATCH];
    private Rounds rounds;

    @Setup
    public void setUp(HeartbeatBenchmark benchmark, ThreadParams thread) {
      rounds =
          Rounds.advancing(
              benchmark.clock,
              benchmark.shuffled,
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
    long[] userIds = clients.rounds.next(clients.batch);
    contender.heartbeats(userIds);
    return userIds;
  }
}
