package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much a compiled call allocates. */
class AllocationTest extends AllocatedBytes {

  private volatile Object blackhole;

  @Test
  void singleCalls_allocateNothing() {
    assertThat(singleCalls()).allSatisfy(call -> assertThat(bytesPerCall(call)).isZero());
  }

  @Test
  void batchesIntoArrays_allocateNothing() {
    assertThat(batches()).allSatisfy(call -> assertThat(bytesPerCall(call)).isZero());
  }

  @Test
  void batchesThatReturnArrays_allocateOnlyTheArray() {
    long booleans = bytesPerCall(() -> blackhole = new boolean[USERS]);
    long longs = bytesPerCall(() -> blackhole = new long[USERS]);
    Duration window = Duration.ofSeconds(5);
    assertThat(booleans).isGreaterThanOrEqualTo(USERS);
    assertThat(bytesPerCall(() -> blackhole = presence().statusOf(users))).isEqualTo(booleans);
    assertThat(bytesPerCall(() -> blackhole = presence().statusOf(users, window)))
        .isEqualTo(booleans);
    assertThat(bytesPerCall(() -> blackhole = presence().lastSeenOf(users))).isEqualTo(longs);
  }
}
