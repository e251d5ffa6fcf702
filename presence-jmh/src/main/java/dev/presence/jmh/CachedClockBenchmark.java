package dev.presence.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Single calls with a clock that costs nothing. Next to {@link StatusOfBenchmark#isOnline} and
 * {@link HeartbeatBenchmark#heartbeat}, they show what the system's clock costs: a reading takes
 * about 30 ns and, worse, waits for all earlier loads, so that no call overlaps with the one before
 * it. An application may pass a clock like this one to the builder.
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar \
 *     'CachedClockBenchmark|StatusOfBenchmark.isOnline|HeartbeatBenchmark.heartbeat$' \
 *     -p users=10000000 -p batch=100 -p onlinePercent=100 -p ids=UNIFORM \
 *     -p store=PRESENCE,HPPC,CHRONICLE
 * }</pre>
 */
public class CachedClockBenchmark extends TableBenchmark {

  @Param ContenderType store;

  @Param("10000000")
  int users;

  private Contender contender;
  private Rounds asked;
  private Rounds beats;

  @Setup
  public void setUp() {
    BenchmarkClock clock = BenchmarkClock.cached();
    contender = Users.recorded(store, users, clock, 1);
    long[] shuffled = Users.shuffled(users);
    asked = new Rounds(shuffled, 0, 1, () -> {}); // no time passes
    beats = Rounds.advancing(clock, shuffled, 0, 1);
    clock.advanceSeconds(1);
  }

  @TearDown
  public void tearDown() {
    contender.close();
  }

  @Benchmark
  public boolean isOnline() {
    return contender.isOnline(asked.nextUser());
  }

  @Benchmark
  public long heartbeat() {
    long userId = beats.nextUser();
    contender.heartbeat(userId);
    return userId;
  }
}
