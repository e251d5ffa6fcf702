package dev.presence;

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
    singleCalls().subList(0, 4).forEach(this::assertAllocatesNothing);
  }

  @Test
  void batchesIntoArrays_allocateNothing() {
    batches().forEach(this::assertAllocatesNothing);
  }

  /** The outbox grows in the beginning, as long as exchanges find more in it than before. */
  private void assertAllocatesNothing(Runnable call) {
    Await.until("a call allocates nothing", () -> bytesPerCall(call) == 0);
  }
}
