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

/**
 * What a connection per call costs: a batch of 20 without the pool, to set beside {@link
 * StoresBenchmark#statusOf}. Each call shakes hands, by TCP and by the store's own protocol. Use
 * one thread: more of them exhaust the machine's ports, which take a while to close.
 *
 * <pre>{@code
 * mvn -q -ntp -Pstores -pl presence-jmh -am process-classes exec:exec@stores-jmh \
 *     -Dstores.jmh="ConnectionsBenchmark -p store=REDIS_EXPIRING"
 * }</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConnectionsBenchmark {

  @Param({"MARIADB_REPLACE", "REDIS_EXPIRING", "DYNAMODB"})
  StoreType store;

  @Param("100000")
  int users;

  /** Epoch second at which another JVM has recorded the users; 0 if none has. */
  @Param("0")
  long loaded;

  @Param({"20"})
  int ids;

  private LoadedStore target;
  private Rounds rounds;
  private long[] batch;

  @Setup
  public void setUp() {
    target = LoadedStore.open(store, users, loaded, Connections.ONE_PER_CALL);
    rounds = new Rounds(target.users(), 0, 1, () -> {});
    batch = new long[ids];
  }

  @TearDown
  public void tearDown() {
    target.close();
  }

  @Benchmark
  public boolean[] statusOfWithoutPool() {
    return target.store().statusOf(rounds.next(batch), target.nowSecond());
  }
}
