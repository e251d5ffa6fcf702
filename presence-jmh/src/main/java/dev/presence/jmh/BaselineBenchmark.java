package dev.presence.jmh;

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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What every other figure contains besides the contender: taking the next batch of ids, once per
 * invocation, and reading the clock, once per call of the contender.
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar BaselineBenchmark
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BaselineBenchmark {

  @Param("10000000")
  int users;

  @Param({"1", "20", "100", "1000", "10000"})
  int batch;

  @Param ClockType clock;

  private Questions questions;
  private BenchmarkClock time;

  @Setup
  public void setUp() {
    questions = new Questions(Questions.about(Ids.UNIFORM, users, 100, batch), batch, 0, 1);
    time = new BenchmarkClock(clock);
  }

  @Benchmark
  public long[] nextQuestion() {
    return questions.next();
  }

  @Benchmark
  public long clock() {
    return time.millis();
  }
}
