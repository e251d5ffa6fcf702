package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.presence.internal.lockfree.ErrorsBesideFeed;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An Error in a call costs that call alone, and an interrupted caller keeps nobody waiting. The
 * programs say what they check.
 */
class ErrorsInCallsTest {

  private static final String LOCKED = "-Ddev.presence.store=locked";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"-Xmixed, 25", "-Xint, 1", "-XX:TieredStopAtLevel=1, 25", LOCKED + ", 10"})
  void call_atTheEndOfTheStack_costsNobodyElse(String option, int dives) throws Exception {
    String count = "-D" + EndOfStack.DIVES_PROPERTY + "=" + dives;
    assertThat(new ChildJvm(folder).run(EndOfStack.class, option, count))
        .isEqualTo(ChildJvm.Result.QUIET);
  }

  @ParameterizedTest
  @CsvSource({"-Xmixed, 10", "-Xint, 1", "-XX:TieredStopAtLevel=1, 10"})
  void call_atTheEndOfTheStack_whileSomebodyListens_isToldOnceReconciled(String option, int dives)
      throws Exception {
    String count = "-D" + EndOfStack.DIVES_PROPERTY + "=" + dives;
    assertThat(new ChildJvm(folder).run(ErrorsBesideFeed.class, option, count))
        .isEqualTo(ChildJvm.Result.QUIET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Ddev.presence.store=fast", LOCKED})
  void call_withAFullHeap_costsNobodyElse(String option) throws Exception {
    assertThat(new ChildJvm(folder).run(FullHeap.class, "-Xmx24m", option))
        .isEqualTo(ChildJvm.Result.QUIET);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void call_fromInterruptedVirtualThreads_endsEvenWithFewCarriers(int carriers) throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
    ChildJvm.Result result =
        new ChildJvm(folder)
            .run(
                FewCarriers.class,
                "-Djdk.virtualThreadScheduler.parallelism=" + carriers,
                "-Djdk.virtualThreadScheduler.maxPoolSize=" + carriers);
    assertThat(result).isEqualTo(ChildJvm.Result.QUIET);
  }
}
