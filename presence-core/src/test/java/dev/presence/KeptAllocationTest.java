package dev.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls allocate no more when the stamps are kept in a folder, also while a snapshot is written.
 */
class KeptAllocationTest extends AllocatedBytes {

  private static final int MORE_USERS = 300_000; // so that a snapshot takes its time
  private static final int SNAPSHOTS = 2;

  @TempDir private Path folder;

  @Override
  PresenceBuilder builder() {
    return super.builder()
        .maxUsers(2 * MORE_USERS)
        .persistTo(folder)
        .snapshotInterval(Duration.ofSeconds(1));
  }

  @Test
  void calls_whileSnapshotsAreWritten_allocateNothing() {
    presence().recordHeartbeats(LongStream.range(0, MORE_USERS).toArray());
    List<Runnable> calls = new ArrayList<>(singleCalls());
    calls.addAll(batches());
    calls.forEach(this::measure); // until they are compiled
    long last = presence().stats().snapshots() + SNAPSHOTS;

    List<Long> bytes = new ArrayList<>();
    while (presence().stats().snapshots() < last) {
      calls.forEach(call -> bytes.add(measure(call)));
    }
    assertThat(bytes).isNotEmpty().containsOnly(0L);
  }
}
