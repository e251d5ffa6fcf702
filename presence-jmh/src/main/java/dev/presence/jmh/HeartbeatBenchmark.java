package dev.presence.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Heartbeats of known users, one by one and a hundred at once. Every figure is the time per user.
 *
 * <p>{@code clock} says what a reading of the clock costs. {@code heartbeat} reads it for each user
 * and {@code heartbeats} once a batch, where it hardly matters.
 *
 * <p>Each heartbeat has a later stamp to write than the user's last one; {@link Rounds} sees to
 * that.
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar HeartbeatBenchmark \
 *     -p store=PRESENCE,CONCURRENT_HASH_MAP -p users=10000000
 * }</pre>
 *
 * <p>To see how it scales, add {@code -bm thrpt -tu s} and compare runs with {@code -t 1} and
 * {@code -t 2}.
 *
 * <p>Heartbeats of new users: {@link NewUserBenchmark}.
 */
public class HeartbeatBenchmark extends TableBenchmark {

  private static final int BATCH = 100;

  @Param ContenderType store;

  @Param({"1000000", "10000000"})
  int users;

  @Param ClockType clock;

  private BenchmarkClock time;
  private Contender contender;
  private long[] shuffled;

  @Setup
  public void setUp(BenchmarkParams params) {
    time = new BenchmarkClock(clock);
    contender = Users.recorded(store, users, time, params.getThreads());
    shuffled = Users.shuffled(users);
    time.advanceSeconds(1); // the first round, too, has something to write
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
              benchmark.time, benchmark.shuffled, thread.getThreadIndex(), thread.getThreadCount());
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
