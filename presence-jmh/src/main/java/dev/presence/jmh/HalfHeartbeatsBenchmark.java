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
 * A hundred heartbeats and then the status of a hundred users, again and again in every thread:
 * half of the users are written and half are read, however many threads there are. Every figure is
 * the time per user.
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar HalfHeartbeatsBenchmark \
 *     -p store=PRESENCE,CONCURRENT_HASH_MAP -p users=10000000 -t 2
 * }</pre>
 *
 * <p>{@link MixedBenchmark} has single heartbeats beside small batches, in two threads.
 */
public class HalfHeartbeatsBenchmark extends TableBenchmark {

  private static final int BATCH = 100;

  /** All that are thread-safe. */
  @Param({"PRESENCE", "CONCURRENT_HASH_MAP", "CAFFEINE", "CHRONICLE", "CHRONICLE_DATA"})
  ContenderType store;

  @Param({"1000000", "10000000"})
  int users;

  private BenchmarkClock clock;
  private Contender contender;
  private long[] shuffled;
  private long[] asked;

  @Setup
  public void setUp(BenchmarkParams params) {
    clock = new BenchmarkClock();
    contender = Users.recorded(store, users, clock, params.getThreads());
    shuffled = Users.shuffled(users);
    asked = Questions.about(Ids.UNIFORM, users, 100, BATCH);
    clock.advanceSeconds(1); // the first round, too, has something to write
  }

  @TearDown
  public void tearDown() {
    Users.check(contender, users);
    contender.close();
  }

  /** One thread's share of the users, and its questions. */
  @State(Scope.Thread)
  public static class Client {
    private final long[] beating = new long[BATCH];
    private final boolean[] online = new boolean[BATCH];
    private Rounds rounds;
    private Questions questions;

    @Setup
    public void setUp(HalfHeartbeatsBenchmark benchmark, ThreadParams thread) {
      int number = thread.getThreadIndex();
      int threads = thread.getThreadCount();
      rounds = Rounds.advancing(benchmark.clock, benchmark.shuffled, number, threads);
      questions = new Questions(benchmark.asked, BATCH, number, threads);
    }
  }

  @Benchmark
  @OperationsPerInvocation(2 * BATCH)
  public boolean[] heartbeatsAndStatus(Client client) {
    contender.heartbeats(client.rounds.next(client.beating));
    contender.statusOf(client.questions.next(), client.online);
    return client.online;
  }
}
