package dev.presence.internal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.presence.PresenceBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic of maps that are larger than an int can count, without their memory. */
class MapLayoutTest {

  private static final long FIRST_HEADER = 0x7F16_0000_0010L;
  private static final long HEADER_STRIDE = 32;
  private static final long SEGMENT_STRIDE = 198_080;

  /** As Chronicle Map lays out as many segments as so many users need. */
  private static MapLayout layout(long maxUsers) {
    Sizing sizing = Sizing.forUsers(maxUsers);
    long firstSegment = FIRST_HEADER + sizing.segments() * HEADER_STRIDE;
    return new MapLayout(
        sizing.segments(),
        FIRST_HEADER,
        HEADER_STRIDE,
        firstSegment,
        SEGMENT_STRIDE,
        MapLayout.SLOT_BYTES,
        16_384,
        18,
        65_600,
        67_008,
        MapLayout.ENTRY_BYTES,
        (int) sizing.entriesPerSegment());
  }

  @ParameterizedTest
  @ValueSource(longs = {1_000_000_000, 2_147_483_648L, PresenceBuilder.LARGEST_MAX_USERS})
  void segments_severalGigabytes_followEachOther(long maxUsers) {
    MapLayout layout = layout(maxUsers);
    int last = layout.segments() - 1;

    assertThat(layout.isSupported()).isTrue();
    assertThat((long) layout.segments() * layout.slots()).isGreaterThan(maxUsers);
    assertThat(layout.segment(last) - layout.segment(0))
        .isEqualTo(Math.multiplyExact((long) last, SEGMENT_STRIDE))
        .isGreaterThan(18_000_000_000L);
    assertThat(layout.segment(last) - layout.segment(last - 1)).isEqualTo(SEGMENT_STRIDE);
    assertThat(layout.version(last) - layout.version(0))
        .isEqualTo(Math.multiplyExact((long) last, HEADER_STRIDE));
    assertThat(layout.entryCount(last)).isLessThan(layout.segment(0));
  }

  @Test
  void segmentBits_oddNumberOfSegments_leaveEnoughForTheSlots() {
    MapLayout layout = layout(1_000_000_000);

    assertThat(Integer.bitCount(layout.segments())).isGreaterThan(1);
    assertThat(layout.segmentBits() + layout.keyBits()).isLessThanOrEqualTo(Long.SIZE);
  }
}
