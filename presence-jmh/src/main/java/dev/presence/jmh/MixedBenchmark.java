package dev.presence.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.GroupThreads;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Single heartbeats beside batches of 20 lookups, one thread for each, as fast as they go. The row
 * {@code :heartbeat} is the time of one heartbeat and {@code :statusOf} that of one batch, each
 * while the other thread is busy; the row above them is their mean and means nothing.
 *
 * <p>{@code sweeper=OFF} shows, for {@code PRESENCE} alone, what its sweeper costs the callers;
 * nobody expires here. By default the sweeper is on, as it ships.
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar MixedBenchmark -p users=1000000
 * java -jar presence-jmh/target/benchmarks.jar MixedBenchmark \
 *     -p store=PRESENCE -p sweeper=SHIPPED,OFF
 * }</pre>
 */
public class MixedBenchmark extends TableBenchmark {

  private static final int BATCH = 20;

  /** Whether presence sweeps in the background. */
  public enum BackgroundSweeper {
    /** A pass every 10 seconds. */
    SHIPPED,
    /** None. */
    OFF
  }

  /** All that are thread-safe. */
  @Param({"PRESENCE", "CONCURRENT_HASH_MAP", "CAFFEINE", "CHRONICLE", "CHRONICLE_DATA"})
  ContenderType store;

  @Param({"1000000", "10000000"})
  int users;

  @Param("SHIPPED")
  BackgroundSweeper sweeper;

  private BenchmarkClock clock;
  private Contender contender;
  private long[] shuffled;
  private long[] asked;

  @Setup
  public void setUp() {
    clock = new BenchmarkClock();
    contender = open();
    shuffled = Users.shuffled(users);
    asked = Questions.about(Ids.UNIFORM, users, 100, BATCH);
    clock.advanceSeconds(1); // the first round, too, has something to write
  }

  private Contender open() {
    if (sweeper == BackgroundSweeper.SHIPPED) {
      return Users.recorded(store, users, clock, 2);
    }
    if (store != ContenderType.PRESENCE) {
      throw new IllegalArgumentException(
          "sweeper must be SHIPPED where there is none: contender=" + store);
    }
    return Users.recorded(PresenceContender.withoutSweeper(users, clock), users, true);
  }

  @TearDown
  public void tearDown() {
    contender.close();
  }

  /** The users of one heartbeat thread. */
  @State(Scope.Thread)
  public static class Clients {
    private Rounds rounds;

    @Setup
    public void setUp(MixedBenchmark benchmark, ThreadParams thread) {
      rounds =
          Rounds.advancing(
              benchmark.clock, benchmark.shuffled, thread.getGroupIndex(), thread.getGroupCount());
    }
  }

  /** One thread's questions and answers. */
  @State(Scope.Thread)
  public static class Page {
    private final boolean[] online = new boolean[BATCH];
    private Questions questions;

    @Setup
    public void setUp(MixedBenchmark benchmark, ThreadParams thread) {
      questions =
          new Questions(benchmark.asked, BATCH, thread.getGroupIndex(), thread.getGroupCount());
    }
  }

  @Benchmark
  @Group("mixed")
  @GroupThreads(1)
  public long heartbeat(Clients clients) {
    long userId = clients.rounds.nextUser();
    contender.heartbeat(userId);
    return userId;
  }

  @Benchmark
  @Group("mixed")
  @GroupThreads(1)
  public boolean[] statusOf(Page page) {
    contender.statusOf(page.questions.next(), page.online);
    return page.online;
  }
}
