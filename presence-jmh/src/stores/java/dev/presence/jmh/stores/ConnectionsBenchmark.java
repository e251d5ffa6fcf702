package dev.presence.jmh.stores;

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
 * What a connection for each call costs: a batch of 20 without the pool, beside {@link
 * StoresBenchmark#statusOf} with it. Each call shakes hands, by TCP and by the store's own
 * protocol, and throws that away. For one thread: with more, the ports of this machine that are
 * closing run out.
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

  /** When another JVM has recorded the users, in epoch seconds; 0: nobody has. */
  @Param("0")
  long loaded;

  @Param({"20"})
  int ids;

  private LoadedStore target;
  private Walk walk;
  private long[] batch;

  @Setup
  public void setUp() {
    target = LoadedStore.open(store, users, loaded, Connections.ONE_PER_CALL);
    walk = new Walk(target.users(), 0, 1);
    batch = new long[ids];
  }

  @TearDown
  public void tearDown() {
    target.close();
  }

  @Benchmark
  public boolean[] statusOfWithoutPool() {
    return target.store().statusOf(walk.next(batch), target.nowSecond());
  }
}
