package dev.presence.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * The status of a batch of random users, asked for in one call and user by user.
 *
 * <p>The main figure is the time of one batch; the row {@code :perUser} is that time divided by the
 * users in the batch. {@code onlinePercent} is the share of the asked users who are online; the
 * others are unknown. {@code ids} says how they are chosen: see {@link Ids}. {@code clock} says
 * what a reading of the clock costs: {@code isOnline} reads it for each user and {@code statusOf}
 * once a batch, where it hardly matters.
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar StatusOfBenchmark \
 *     -p store=PRESENCE,CONCURRENT_HASH_MAP -p users=10000000 -p batch=100 -p clock=SYSTEM
 * }</pre>
 *
 * <p>All combinations of parameters take hours, and the maps of objects need several gigabytes of
 * heap. A hundred million users take about 2 GB off the heap, or about 4 GB of heap for {@code
 * HPPC}:
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar StatusOfBenchmark.statusOf \
 *     -p store=PRESENCE,HPPC -p users=100000000 -p onlinePercent=100 -p ids=UNIFORM \
 *     -p clock=SYSTEM
 * }</pre>
 *
 * <p>To see how it scales, add {@code -bm thrpt -tu s} and compare runs with {@code -t 1} and
 * {@code -t 2}.
 */
public class StatusOfBenchmark extends TableBenchmark {

  @Param ContenderType store;

  @Param({"1000000", "10000000"})
  int users;

  @Param({"100", "20"})
  int onlinePercent;

  @Param Ids ids;

  @Param({"1", "20", "100", "1000", "10000"})
  int batch;

  @Param ClockType clock;

  private Contender contender;
  private long[] asked;

  @Setup
  public void setUp(BenchmarkParams params) {
    contender = Users.recorded(store, users, new BenchmarkClock(clock), params.getThreads());
    asked = Questions.about(ids, users, onlinePercent, batch);
  }

  @TearDown
  public void tearDown() {
    Users.check(contender, users);
    contender.close();
  }

  /** One thread's questions and answers. */
  @State(Scope.Thread)
  public static class Page {
    private Questions questions;
    private boolean[] online;

    @Setup
    public void setUp(StatusOfBenchmark benchmark, ThreadParams thread) {
      questions =
          new Questions(
              benchmark.asked, benchmark.batch, thread.getThreadIndex(), thread.getThreadCount());
      online = new boolean[benchmark.batch];
    }
  }

  @Benchmark
  public boolean[] statusOf(Page page, PerUser count) {
    boolean[] online = page.online;
    contender.statusOf(page.questions.next(), online);
    count.perUser += online.length;
    return online;
  }

  @Benchmark
  public boolean[] isOnline(Page page, PerUser count) {
    boolean[] online = page.online;
    long[] ids = page.questions.next();
    for (int i = 0; i < ids.length; i++) {
      online[i] = contender.isOnline(ids[i]);
    }
    count.perUser += online.length;
    return online;
  }
}
