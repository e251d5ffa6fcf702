package dev.presence.internal.lockfree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.chronicle.MapLayout;
import dev.presence.internal.chronicle.UserMap;
import dev.presence.internal.store.Stamp;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A block is read as one entry after the other would be. {@code -Dpresence.block.seed=…} repeats a
 * failure.
 */
class BlockScanTest {

  private static final int ROUNDS = 20_000;

  private final UserMap map = UserMap.open("test", 1_000);
  private final long firstEntry =
      map.layout().segment(0) + map.layout().entriesOffset(); // nobody else uses this map
  private final BlockScan scan = new BlockScan();

  @AfterEach
  void close() {
    map.close(() -> {}, 0);
  }

  @Test
  void randomStamps_areThoseAboveTheHorizon_andTheEarliestOfThem() {
    long seed = Long.getLong("presence.block.seed", System.nanoTime());
    System.out.println("BlockScanTest: -Dpresence.block.seed=" + seed);
    SplittableRandom random = new SplittableRandom(seed);
    int[] horizons = {0, 1, 1_000, Integer.MAX_VALUE, Integer.MIN_VALUE, -1_000, -2, -1};
    for (int round = 0; round < ROUNDS; round++) {
      int horizon = horizons[random.nextInt(horizons.length)];
      int entries = 1 + random.nextInt(64);
      long online = 0;
      int earliest = AnnouncedSegment.NOBODY;
      for (int i = 0; i < 64; i++) {
        int stamp = stamp(random, horizon);
        RawMemory.putInt(firstEntry + (long) i * MapLayout.ENTRY_BYTES + Long.BYTES, stamp);
        if (i < entries && Integer.compareUnsigned(stamp, horizon) > 0) {
          online |= 1L << i;
          earliest = Integer.compareUnsigned(stamp, earliest) < 0 ? stamp : earliest;
        }
      }
      scan.touch(firstEntry, entries);
      scan.read(firstEntry, entries, horizon);
      assertThat(scan.online).as("seed=%d round=%d", seed, round).isEqualTo(online);
      assertThat(scan.earliest).as("seed=%d round=%d", seed, round).isEqualTo(earliest);
    }
  }

  private static int stamp(SplittableRandom random, int horizon) {
    return switch (random.nextInt(5)) {
      case 0 -> Stamp.NONE;
      case 1 -> random.nextInt();
      case 2 -> -1;
      default -> horizon + random.nextInt(-2, 40);
    };
  }
}
