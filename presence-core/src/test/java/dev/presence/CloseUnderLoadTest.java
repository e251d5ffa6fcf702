package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Closing under full load never crashes the JVM. {@code -Dpresence.close.rounds=…} sets the number
 * of rounds.
 */
class CloseUnderLoadTest {

  private static final int ROUNDS = Integer.getInteger(CloseUnderLoad.ROUNDS, 1_000);

  @TempDir Path folder;

  @Test
  void close_underFullLoad_everyThreadIsToldAndTheJvmSurvives() throws Exception {
    assertThat(run("-D" + CloseUnderLoad.ROUNDS + "=" + ROUNDS)).isEqualTo(expected(ROUNDS));
  }

  @Test
  void close_underFullLoadOnTheLockedStore_everyThreadIsToldAndTheJvmSurvives() throws Exception {
    int rounds = Math.max(1, ROUNDS / 10);
    assertThat(run("-D" + CloseUnderLoad.ROUNDS + "=" + rounds, "-Ddev.presence.store=locked"))
        .isEqualTo(expected(rounds));
  }

  private ChildJvm.Result run(String... options) throws Exception {
    Duration limit = Duration.ofMinutes(2).plusMillis(100L * ROUNDS);
    return new ChildJvm(folder).run(limit, CloseUnderLoad.class, options);
  }

  private static ChildJvm.Result expected(int rounds) {
    String out = "rounds=" + rounds + " closed=" + 4 * rounds + " calls=some";
    return new ChildJvm.Result(0, out + System.lineSeparator(), "");
  }
}
