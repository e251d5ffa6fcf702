package dev.presence.jmh.stores;

import dev.presence.jmh.Rounds;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * The status of a batch of users, asked for in one call and user by user, and heartbeats, one by
 * one and in batches. A figure is the time of one call of {@link #statusOf}, {@link #heartbeat} or
 * {@link #heartbeats}, or of as many calls of {@link #isOnline} as there are ids.
 *
 * <p>Client and server share this machine's processors. A real network would add its round trip to
 * each call. All users are online.
 *
 * <p>{@link StoresReport} runs it. By hand, each JVM starts a server of its own:
 *
 * <pre>{@code
 * mvn -q -ntp -Pstores -pl presence-jmh -am process-classes exec:exec@stores-jmh \
 *     -Dstores.jmh="StoresBenchmark.statusOf -p store=REDIS_EXPIRING -p ids=20 -t 8"
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StoresBenchmark {

  @Param StoreType store;

  @Param("100000")
  int users;

  /** Epoch second at which another JVM has recorded the users; 0 if none has. */
  @Param("0")
  long loaded;

  private LoadedStore target;

  @Setup
  public void setUp() {
    target = LoadedStore.open(store, users, loaded, Connections.KEPT);
  }

  @TearDown
  public void tearDown() {
    target.close();
  }

  /** The size of a batch. */
  @State(Scope.Benchmark)
  public static class Size {
    @Param({"20", "100", "1000"})
    int ids;
  }

  /** One thread's share of the users, each round of which is a second later. */
  @State(Scope.Thread)
  public static class Client {
    private Rounds rounds;
    private long beatSecond;

    @Setup
    public void setUp(StoresBenchmark benchmark, ThreadParams thread) {
      beatSecond = benchmark.target.firstBeatSecond();
      rounds =
          new Rounds(
              benchmark.target.users(),
              thread.getThreadIndex(),
              thread.getThreadCount(),
              () -> beatSecond++);
    }
  }

  /** One thread's batch. */
  @State(Scope.Thread)
  public static class Batch {
    private long[] ids;

    @Setup
    public void setUp(Size size) {
      ids = new long[size.ids];
    }
  }

  @Benchmark
  public boolean[] statusOf(Client client, Batch batch) {
    return target.store().statusOf(client.rounds.next(batch.ids), target.nowSecond());
  }

  @Benchmark
  public boolean isOnline(Client client, Batch batch) {
    boolean all = true;
    for (long id : client.rounds.next(batch.ids)) {
      all &= target.store().isOnline(id, target.nowSecond());
    }
    return all;
  }

  @Benchmark
  public void heartbeat(Client client) {
    long id = client.rounds.nextUser();
    target.store().heartbeat(id, client.beatSecond);
  }

  @Benchmark
  public void heartbeats(Client client, Batch batch) {
    long[] ids = client.rounds.next(batch.ids);
    target.store().heartbeats(ids, client.beatSecond);
  }
}
