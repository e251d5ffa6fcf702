package dev.presence.internal.lockfree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.internal.chronicle.MapLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The arithmetic of a map of 19 GB, without its memory. */
class SlotTableTest {

  /** As a billion users have it. */
  private static final MapLayout BILLION =
      new MapLayout(
          97_900,
          0x7F16_0000_0010L,
          32,
          0x7F16_0030_0000L,
          198_080,
          MapLayout.SLOT_BYTES,
          16_384,
          18,
          65_600,
          67_008,
          MapLayout.ENTRY_BYTES,
          10_922);

  private final SlotTable table = new SlotTable(BILLION);

  @Test
  void segmentOf_anyHash_isOneOfTheSegments() {
    SplittableRandom random = new SplittableRandom(1);
    int smallest = Integer.MAX_VALUE;
    int largest = Integer.MIN_VALUE;
    for (int i = 0; i < 1_000_000; i++) {
      int segment = table.segmentOf(random.nextLong());
      smallest = Math.min(smallest, segment);
      largest = Math.max(largest, segment);
    }
    assertThat(smallest).isZero();
    assertThat(largest).isEqualTo(BILLION.segments() - 1);
    assertThat(table.segmentOf(-1)).isNotNegative();
    assertThat(table.segmentOf(Long.MIN_VALUE)).isZero();
  }

  @Test
  void entryAt_lastOfTheLastSegment_isBehindEverythingAndFoundAgain() {
    long base = BILLION.segment(BILLION.segments() - 1);
    int last = BILLION.capacity() - 1;

    assertThat(table.entryAt(base, last) + MapLayout.ENTRY_BYTES - BILLION.segment(0))
        .isBetween(19_391_000_000L, 97_900L * 198_080);
    assertThat(table.entryNumberAt(base, table.stampAt(base, last))).isEqualTo(last);
    assertThat(table.entry(base, table.slot(-1, last))).isEqualTo(table.entryAt(base, last));
    assertThat(table.entryNumber(table.slot(-1, last))).isEqualTo(last);
  }
}
