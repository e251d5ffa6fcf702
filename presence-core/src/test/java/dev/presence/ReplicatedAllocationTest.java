package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How much a caller's heartbeats and questions allocate while they are replicated. */
class ReplicatedAllocationTest extends AllocatedBytes {

  @Override
  PresenceBuilder builder() {
    return super.builder()
        .replicateThrough(new LogInMemory())
        .exchangeInterval(Duration.ofMillis(10));
  }

  /** All but the disconnect, which leaves a note for the other nodes. */
  @Test
  void singleCalls_allocateNothing() {
    assertThat(singleCalls().subList(0, 4))
        .allSatisfy(call -> assertThat(bytesPerCall(call)).isZero());
  }

  @Test
  void batchesIntoArrays_allocateNothing() {
    assertThat(batches()).allSatisfy(call -> assertThat(bytesPerCall(call)).isZero());
  }
}
