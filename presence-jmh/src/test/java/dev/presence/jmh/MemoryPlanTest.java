package dev.presence.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {

  private static final long BILLION = 1_000_000_000;
  private static final long HEAP = 512L << 20;

  private static MemoryPlan plan(long machineBytes, long limitBytes) {
    return new MemoryPlan(BILLION, machineBytes, limitBytes, 19.4, HEAP);
  }

  @Test
  void users_enoughMemory_areAllWhoAreDemanded() {
    MemoryPlan plan = plan(21_000_000_000L, MemoryPlan.NO_LIMIT);

    assertThat(plan.users()).isEqualTo(BILLION);
    assertThat(plan.lines())
        .containsExactly(
            "memory available: 21.00 GB; the machine has 21.00 GB, the limit of the control group"
                + " is none",
            "1,000,000,000 users * 19.40 bytes = 19.40 GB, and 0.54 GB for the largest heap, and"
                + " 0.54 GB in reserve: 20.47 GB: they fit");
  }

  @Test
  void users_oneByteTooLittle_areAHundredthFewer() {
    long needed = (long) plan(0, 0).neededBytes(BILLION);

    assertThat(plan(needed, MemoryPlan.NO_LIMIT).users()).isEqualTo(BILLION);
    assertThat(plan(needed - 1, MemoryPlan.NO_LIMIT).users()).isEqualTo(990_000_000);
  }

  @Test
  void users_limitOfTheControlGroupBelowTheMachine_fitIntoTheLimit() {
    MemoryPlan plan = plan(64_000_000_000L, 18_600_000_000L);

    assertThat(plan.users()).isEqualTo(900_000_000);
    assertThat(plan.lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("1,000,000,000 users") && line.endsWith(": too much"))
        .anyMatch(line -> line.startsWith("900,000,000 users") && line.endsWith(": they fit"));
    assertThat(plan.neededBytes(plan.users())).isLessThan((double) plan.availableBytes());
  }

  @Test
  void users_lessThanTheHeapAndTheReserve_areNone() {
    assertThat(plan(HEAP, MemoryPlan.NO_LIMIT).users()).isZero();
  }

  @Test
  void limit_closeToTheLargestLong_isNone() {
    assertThat(MemoryPlan.limit(9_223_372_036_854_771_712L)).isEqualTo(MemoryPlan.NO_LIMIT);
    assertThat(MemoryPlan.limit(18_600_000_000L)).isEqualTo(18_600_000_000L);
  }

  @Test
  void of_thisMachine_knowsTheBytesOfAUser() throws IOException {
    MemoryPlan plan = MemoryPlan.of(BILLION);

    assertThat(plan.bytesPerUser()).isBetween(19.0, 19.6);
    assertThat(plan.machineBytes()).isPositive();
    assertThat(plan.heapBytes()).isEqualTo(Runtime.getRuntime().maxMemory());
  }
}
