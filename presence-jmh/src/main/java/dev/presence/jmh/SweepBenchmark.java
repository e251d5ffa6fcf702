package dev.presence.jmh;

import dev.presence.Presence;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * One pass of {@link Presence#sweep()} over all users, when nobody has expired and when everybody
 * has. The row {@code :perUser} is the time per user. The users are recorded before each pass,
 * outside the measured time.
 *
 * <p>The background sweeper is off, because it would do part of the work: with a {@code
 * sweepInterval} of zero, the caller sweeps. Everything else is as it ships. The shipped sweeper
 * does the same work, spread over 10 seconds.
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar SweepBenchmark
 * }</pre>
 */
@Threads(1)
public class SweepBenchmark extends TableBenchmark {

  /** Who has expired when the pass begins. */
  public enum Expired {
    /** The pass only looks. */
    NOBODY,
    /** The pass removes all. */
    EVERYBODY
  }

  @Param({"1000000", "10000000"})
  int users;

  @Param Expired expired;

  private final BenchmarkClock clock = new BenchmarkClock();
  private long[] shuffled;
  private Presence presence;
  private long swept;

  @Setup
  public void open() {
    shuffled = Users.shuffled(users);
    presence = Presence.builder().maxUsers(users).clock(clock).sweepInterval(Duration.ZERO).open();
  }

  @Setup(Level.Invocation)
  public void fill() {
    presence.recordHeartbeats(shuffled);
    if (expired == Expired.EVERYBODY) {
      clock.advanceSeconds(Contender.WINDOW_SECONDS);
    }
  }

  @TearDown(Level.Invocation)
  public void check() {
    long expected = expired == Expired.EVERYBODY ? users : 0;
    if (swept != expected) {
      throw new IllegalStateException(
          "a pass must remove who has expired: expired=" + expected + " swept=" + swept);
    }
  }

  @TearDown
  public void close() {
    presence.close();
  }

  @Benchmark
  public long sweep(PerUser count) {
    swept = presence.sweep();
    count.perUser += users;
    return swept;
  }
}
