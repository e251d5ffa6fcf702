package dev.presence.jmh;

import dev.presence.Presence;
import dev.presence.PresenceTiers;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.infra.Blackhole;

/**
 * The tiers of 100 random users, beside their status and beside what tells the same without tiers:
 * one status for each window. A fifth of the asked users are unknown; of the others, equally many
 * are online, away and recent.
 *
 * <pre>{@code
 * java -jar presence-jmh/target/benchmarks.jar TiersBenchmark
 * }</pre>
 */
@Threads(1)
public class TiersBenchmark extends TableBenchmark {

  private static final int BATCH = 100;
  private static final int KNOWN_PERCENT = 80;

  @Param({"1000000", "10000000"})
  int users;

  private final boolean[] online = new boolean[BATCH];
  private final byte[] tiers = new byte[BATCH];
  private Duration[] windows;
  private Presence presence;
  private Questions questions;

  @Setup
  public void open() {
    BenchmarkClock clock = new BenchmarkClock();
    presence =
        Presence.builder()
            .maxUsers(users)
            .retention(PresenceTiers.DEFAULT_RECENT_WINDOW)
            .clock(clock)
            .open();
    PresenceTiers known = presence.tiers();
    windows = new Duration[known.size()];
    for (int tier = 0; tier < windows.length; tier++) {
      windows[tier] = known.window(tier);
    }
    long nowSeconds = Integer.toUnsignedLong(clock.second());
    for (int number = 0; number < users; number++) {
      Duration window = windows[number % windows.length];
      presence.recordHeartbeat(Users.id(number), nowSeconds - window.toSeconds() + 1);
    }
    questions =
        new Questions(Questions.about(Ids.UNIFORM, users, KNOWN_PERCENT, BATCH), BATCH, 0, 1);
  }

  @TearDown
  public void close() {
    presence.close();
  }

  @Benchmark
  public byte[] tiersOf() {
    presence.tiersOf(questions.next(), tiers);
    return tiers;
  }

  @Benchmark
  public boolean[] statusOf() {
    presence.statusOf(questions.next(), online);
    return online;
  }

  @Benchmark
  public void statusOfEachWindow(Blackhole answers) {
    long[] ids = questions.next();
    for (Duration window : windows) {
      answers.consume(presence.statusOf(ids, window));
    }
  }
}
